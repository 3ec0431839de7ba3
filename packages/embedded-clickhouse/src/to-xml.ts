/** A configuration: a text, a number, a switch, sections by name, or an array for a section that is repeated. */
export type ConfigTree =
  | string
  | number
  | boolean
  | readonly ConfigTree[]
  | { readonly [section: string]: ConfigTree };

/** Returns the XML document that ClickHouse reads `tree` from. Sections keep their order. */
export function toXml(tree: ConfigTree): string {
  return `${element('clickhouse', tree, '')}\n`;
}

function element(name: string, tree: ConfigTree, indent: string): string {
  if (isList(tree)) return tree.map((item) => element(name, item, indent)).join('\n');
  if (typeof tree !== 'object') return `${indent}<${name}>${escapeText(String(tree))}</${name}>`;
  const sections = Object.entries(tree).map(([key, value]) => element(key, value, `${indent}  `));
  return [`${indent}<${name}>`, ...sections, `${indent}</${name}>`].join('\n');
}

/** `Array.isArray` does not narrow readonly arrays. */
function isList(tree: ConfigTree): tree is readonly ConfigTree[] {
  return Array.isArray(tree);
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

import { isInsideWord, isSpace } from './character-class.js';
import type { WordStarts } from './prompt-shape.js';
import { toLowerCase } from './to-lower-case.js';

/**
 * Phrases prepared for `findPhrases`: a trie in flat arrays, so that the search costs the same for ten phrases as for
 * ten thousand. Node 0 is the root, and as a child it means "none".
 */
export type PhraseIndex = {
  /** The children of the root by their UTF-16 unit. */
  roots: Int32Array;
  /** By node: the unit that leads to it, its first child, its next sibling, and the phrase that ends there or -1. */
  units: Uint16Array;
  children: Int32Array;
  siblings: Int32Array;
  ends: Int32Array;
};

const BLANK = 0x20;
const APOSTROPHE = 0x27;
const TYPOGRAPHIC_APOSTROPHE = 0x2019;

/** The form in which phrases are compared: lower case, single spaces. */
export const normalizePhrase = (phrase: string): string => toLowerCase(phrase.trim().replace(/\s+/g, ' '));

/** Prepares phrases, each without regard to case. The position in `phrases` identifies a phrase; the last of equals wins. */
export const createPhraseIndex = (phrases: readonly string[]): PhraseIndex => {
  const roots = new Int32Array(0x1_0000);
  const trie = { units: [0], children: [0], siblings: [0], ends: [-1] };

  const addNode = (unit: number, sibling: number): number => {
    trie.children.push(0);
    trie.siblings.push(sibling);
    trie.ends.push(-1);
    return trie.units.push(unit) - 1;
  };
  const rootFor = (unit: number): number => {
    if (roots[unit] === 0) roots[unit] = addNode(unit, 0);
    return roots[unit] ?? 0;
  };
  const childFor = (parent: number, unit: number): number => {
    const first = trie.children[parent] ?? 0;
    const known = findSibling(trie, first, unit);
    if (known !== 0) return known;
    const added = addNode(unit, first);
    trie.children[parent] = added;
    return added;
  };

  for (const [position, phrase] of phrases.entries()) {
    const text = normalizePhrase(phrase);
    if (text === '') continue;
    let node = rootFor(fold(text.charCodeAt(0)));
    for (let at = 1; at < text.length; at += 1) node = childFor(node, fold(text.charCodeAt(at)));
    trie.ends[node] = position;
  }
  roots[TYPOGRAPHIC_APOSTROPHE] = roots[APOSTROPHE] ?? 0;
  return {
    roots,
    units: Uint16Array.from(trie.units),
    children: Int32Array.from(trie.children),
    siblings: Int32Array.from(trie.siblings),
    ends: Int32Array.from(trie.ends),
  };
};

/**
 * Calls `onFound` with every phrase that stands in `text` and where. A phrase begins and ends at word boundaries: "art"
 * is not in "start". A space in a phrase fits any run of white space. `text` must be in lower case, `starts` its own.
 * The work grows with the length of `text` times the longest phrase at worst; there is no backtracking.
 */
export const findPhrases = (
  index: PhraseIndex,
  { text, starts }: { text: string; starts: WordStarts },
  onFound: (phrase: number, at: number) => void,
): void => {
  const { roots } = index;
  const { positions, count } = starts;
  for (let position = 0; position < count; position += 1) {
    const start = positions[position] as number;
    const root = roots[text.charCodeAt(start)] as number;
    if (root !== 0) walk(index, root, text, start, onFound);
  }
};

const walk = (
  index: PhraseIndex,
  root: number,
  text: string,
  start: number,
  onFound: (phrase: number, at: number) => void,
): void => {
  let node = root;
  let at = start + 1;
  for (;;) {
    const phrase = index.ends[node] as number;
    if (phrase >= 0 && endsWord(text, at)) onFound(phrase, start);
    if (at === text.length) return;
    const unit = fold(text.charCodeAt(at));
    node = findSibling(index, index.children[node] as number, unit);
    if (node === 0) return;
    at += 1;
    if (unit === BLANK) while (at < text.length && isSpace(text.charCodeAt(at))) at += 1;
  }
};

const findSibling = (
  { units, siblings }: { units: ArrayLike<number>; siblings: ArrayLike<number> },
  first: number,
  unit: number,
): number => {
  let node = first;
  while (node !== 0 && units[node] !== unit) node = siblings[node] as number;
  return node;
};

const endsWord = (text: string, end: number): boolean =>
  end === text.length || !isInsideWord(text.charCodeAt(end - 1), text.charCodeAt(end));

// White space is a blank, the typographic apostrophe a plain one.
const fold = (unit: number): number => {
  if (isSpace(unit)) return BLANK;
  return unit === TYPOGRAPHIC_APOSTROPHE ? APOSTROPHE : unit;
};

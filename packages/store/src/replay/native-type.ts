/** A ClickHouse type as `Native` results name it, as far as replays read it. */
export type NativeType =
  | { kind: 'number'; name: NumberType }
  | { kind: 'text' }
  | { kind: 'dictionary' }
  | { kind: 'nullable'; of: NativeType }
  | { kind: 'list'; of: NativeType }
  | { kind: 'tuple'; of: readonly NativeType[] };

/** Types that are numbers of a fixed width. `Decimal(9, 3)` is the number of thousandths. */
export type NumberType = 'UInt8' | 'UInt16' | 'UInt32' | 'Int32' | 'UInt64' | 'Int64' | 'Float32' | 'Float64';

const NUMBERS: Readonly<Record<string, NumberType>> = {
  Bool: 'UInt8',
  UInt8: 'UInt8',
  UInt16: 'UInt16',
  UInt32: 'UInt32',
  Int32: 'Int32',
  'Decimal(9, 3)': 'Int32',
  UInt64: 'UInt64',
  Int64: 'Int64',
  Float32: 'Float32',
  Float64: 'Float64',
};

/** Parses a type such as `Array(Nullable(UInt32))`. @throws TypeError for one that nobody asks for. */
export function parseNativeType(text: string): NativeType {
  const name = NUMBERS[text];
  if (name !== undefined) return { kind: 'number', name };
  if (text === 'String') return { kind: 'text' };
  if (text === 'LowCardinality(String)') return { kind: 'dictionary' };
  const [, wrapper, inner] = /^(Array|Nullable|Tuple)\((.+)\)$/.exec(text) ?? [];
  if (wrapper === undefined || inner === undefined)
    throw new TypeError(`${text} is not a type that can be read.`);
  if (wrapper === 'Tuple') return { kind: 'tuple', of: splitList(inner).map(parseNativeType) };
  return { kind: wrapper === 'Array' ? 'list' : 'nullable', of: parseNativeType(inner) };
}

/** The parts of `UInt8, Decimal(9, 3)`: commas within parentheses belong to a part. */
function splitList(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1;
    else if (text[at] === ')') depth -= 1;
    else if (text[at] === ',' && depth === 0) {
      parts.push(text.slice(from, at));
      from = at + 2;
    }
  }
  return [...parts, text.slice(from)];
}

import { isInsideWord, isSpace } from './character-class.js';
import type { WordStarts } from './prompt-shape.js';
import { toLowerCase } from './to-lower-case.js';

/**
 * Phrases prepared for `findPhrases`: a trie whose edges are in one hash table, so that a step costs the same for ten
 * phrases as for ten thousand. Node 0 is the root, and as the end of an edge it means "none".
 */
export type PhraseIndex = {
  /** The children of the root by their UTF-16 unit. */
  roots: Int32Array;
  /** By slot, with linear probing: the node that an edge leaves, its unit, and the node that it leads to. */
  from: Int32Array;
  units: Uint16Array;
  to: Int32Array;
  /** The phrase that ends at a node, or -1. */
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
  const edges: Edge[] = [];
  const known = new Map<string, number>();
  const ends = [-1];

  const childOf = (from: number, unit: number): number => {
    const key = `${from} ${unit}`;
    const to = known.get(key) ?? ends.push(-1) - 1;
    if (!known.has(key)) edges.push({ from, unit, to });
    known.set(key, to);
    return to;
  };

  for (const [position, phrase] of phrases.entries()) {
    const text = normalizePhrase(phrase);
    if (text === '') continue;
    let node = 0;
    for (let at = 0; at < text.length; at += 1) node = childOf(node, fold(text.charCodeAt(at)));
    ends[node] = position;
  }
  for (const { from, unit, to } of edges) if (from === 0) roots[unit] = to;
  roots[TYPOGRAPHIC_APOSTROPHE] = roots[APOSTROPHE] ?? 0;
  return { roots, ...hashEdges(edges), ends: Int32Array.from(ends) };
};

type Edge = { from: number; unit: number; to: number };
type EdgeTable = Pick<PhraseIndex, 'from' | 'units' | 'to'>;

/** At most half of the slots are taken, so that a search ends after a probe or two. */
const hashEdges = (edges: readonly Edge[]): EdgeTable => {
  const slots = 2 ** Math.ceil(Math.log2(2 * edges.length + 2));
  const table = { from: new Int32Array(slots), units: new Uint16Array(slots), to: new Int32Array(slots) };
  for (const { from, unit, to } of edges) {
    let slot = slotOf(from, unit, slots);
    while (table.to[slot] !== 0) slot = (slot + 1) & (slots - 1);
    table.from[slot] = from;
    table.units[slot] = unit;
    table.to[slot] = to;
  }
  return table;
};

/** Where the search for an edge begins: Fibonacci hashing. `slots` is a power of two. */
const slotOf = (from: number, unit: number, slots: number): number =>
  (Math.imul((from << 7) ^ unit, 0x9e3779b1) >>> 11) & (slots - 1);

const findChild = ({ from, units, to }: EdgeTable, node: number, unit: number): number => {
  const mask = to.length - 1;
  let slot = slotOf(node, unit, to.length);
  for (;;) {
    const child = to[slot] as number;
    if (child === 0 || (from[slot] === node && units[slot] === unit)) return child;
    slot = (slot + 1) & mask;
  }
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
    node = findChild(index, node, unit);
    if (node === 0) return;
    at += 1;
    if (unit === BLANK) while (at < text.length && isSpace(text.charCodeAt(at))) at += 1;
  }
};

const endsWord = (text: string, end: number): boolean =>
  end === text.length || !isInsideWord(text.charCodeAt(end - 1), text.charCodeAt(end));

// White space is a blank, the typographic apostrophe a plain one.
const fold = (unit: number): number => {
  if (isSpace(unit)) return BLANK;
  return unit === TYPOGRAPHIC_APOSTROPHE ? APOSTROPHE : unit;
};

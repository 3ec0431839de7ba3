import { isInsideWord, isSpace } from './character-class.js';

type Node = { next: Map<number, Node>; phrase: number };

/** Phrases prepared for `findPhrases`. A trie: the search costs the same for ten phrases as for ten thousand. */
export type PhraseIndex = { root: Node; phrases: readonly string[] };

const SPACE = 0x20;
const APOSTROPHE = 0x2019;

/** The form in which phrases are compared: lower case, single spaces. */
export const normalizePhrase = (phrase: string): string => phrase.trim().replace(/\s+/g, ' ').toLowerCase();

/** Prepares phrases, each without regard to case. The position in `phrases` identifies a phrase; the last of equals wins. */
export const createPhraseIndex = (phrases: readonly string[]): PhraseIndex => {
  const root: Node = { next: new Map(), phrase: -1 };
  for (const [position, phrase] of phrases.entries()) {
    const text = normalizePhrase(phrase);
    if (text === '') continue;
    let node = root;
    for (let at = 0; at < text.length; at += 1) {
      const code = fold(text.charCodeAt(at));
      let child = node.next.get(code);
      if (!child) {
        child = { next: new Map(), phrase: -1 };
        node.next.set(code, child);
      }
      node = child;
    }
    node.phrase = position;
  }
  return { root, phrases };
};

/**
 * Calls `onFound` with every phrase that stands in `text` and where. A phrase begins and ends at word boundaries: "art"
 * is not in "start". A space in a phrase fits any run of white space. `text` must be in lower case.
 * The work grows with the length of `text` times the longest phrase at worst; there is no backtracking.
 */
export const findPhrases = (
  { root }: PhraseIndex,
  text: string,
  onFound: (phrase: number, at: number) => void,
): void => {
  let before = SPACE;
  for (let start = 0; start < text.length; start += 1) {
    const code = text.charCodeAt(start);
    if (code !== SPACE && !isInsideWord(before, code)) walk(root, text, start, onFound);
    before = code;
  }
};

const walk = (
  root: Node,
  text: string,
  start: number,
  onFound: (phrase: number, at: number) => void,
): void => {
  let node: Node | undefined = root;
  let at = start;
  while (at < text.length) {
    const code = fold(text.charCodeAt(at));
    node = node.next.get(code);
    if (node === undefined) return;
    at += 1;
    if (code === SPACE) while (at < text.length && isSpace(text.charCodeAt(at))) at += 1;
    if (node.phrase >= 0 && endsWord(text, at)) onFound(node.phrase, start);
  }
};

const endsWord = (text: string, end: number): boolean =>
  end === text.length || !isInsideWord(text.charCodeAt(end - 1), text.charCodeAt(end));

// White space is a space, the typographic apostrophe a plain one.
const fold = (code: number): number => {
  if (isSpace(code)) return SPACE;
  return code === APOSTROPHE ? 0x27 : code;
};

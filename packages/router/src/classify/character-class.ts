/** Letters, digits and underscore of scripts that put spaces between words: between two of them is no boundary. */
const JOINS = 1;
/** Scripts that are written without spaces, or glue particles to words: a boundary lies on both sides of each. */
const UNSPACED = 2;
const CLAUSE = 4;
const SPACE = 8;

const UNSPACED_RANGES = [
  [0x0e00, 0x0eff], // Thai, Lao
  [0x1000, 0x109f], // Myanmar
  [0x1780, 0x17ff], // Khmer
  [0x3041, 0x9fff], // kana, bopomofo, Han
  [0xac00, 0xd7a3], // Hangul syllables
  [0xd840, 0xd88f], // first halves of Han beyond the basic plane
  [0xf900, 0xfaff], // Han, compatibility
] as const;

// One table over all UTF-16 units: the prompt is read unit by unit, and this is asked for each.
const CLASSES = new Uint8Array(0x1_0000);
for (let code = 0; code < CLASSES.length; code += 1) {
  const character = String.fromCharCode(code);
  if (UNSPACED_RANGES.some(([first, last]) => code >= first && code <= last)) CLASSES[code] = UNSPACED;
  else if (/[\p{L}\p{M}\p{N}\p{Cs}_]/u.test(character)) CLASSES[code] = JOINS;
  else if (/\s/.test(character)) CLASSES[code] = SPACE;
}
for (const mark of '\n,.;:?!،؟।。、，；：？！') {
  const code = mark.charCodeAt(0);
  CLASSES[code] = (CLASSES[code] ?? 0) | CLAUSE;
}

const has = (code: number, flag: number): boolean => ((CLASSES[code] ?? 0) & flag) !== 0;

/** True when no word boundary lies between two neighbouring UTF-16 units. */
export const isInsideWord = (before: number, after: number): boolean =>
  has(before, JOINS) && has(after, JOINS);

/** True for a UTF-16 unit of a script that is written without spaces. */
export const isUnspaced = (code: number): boolean => has(code, UNSPACED);

/** True for a punctuation mark or a line break that ends a clause, in any of the larger scripts. */
export const isClauseMark = (code: number): boolean => has(code, CLAUSE);

/** True for white space. */
export const isSpace = (code: number): boolean => has(code, SPACE);

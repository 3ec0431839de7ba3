/** Letters, digits and underscore of scripts that put spaces between words: between two of them is no boundary. */
export const JOINS = 1;
/** Scripts that are written without spaces, or glue particles to words: a boundary lies on both sides of each. */
export const UNSPACED = 2;
/** White space. */
export const SPACE = 4;
/** Decimal digits of any script. */
export const DIGIT = 8;
/** Capital letters, in scripts that have them. */
export const CAPITAL = 16;

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
const EVERY_UNIT = Array.from(CLASSES, (_, unit) => String.fromCharCode(unit)).join('');

const mark = (runs: RegExp, flags: number): void => {
  for (const { 0: run, index } of EVERY_UNIT.matchAll(runs)) CLASSES.fill(flags, index, index + run.length);
};
mark(/\s+/g, SPACE);
mark(/[\p{L}\p{M}\p{N}_]+/gu, JOINS);
mark(/\p{Nd}+/gu, JOINS | DIGIT);
mark(/\p{Lu}+/gu, JOINS | CAPITAL);
mark(/[\uD800-\uDFFF]+/g, JOINS);
for (const [first, last] of UNSPACED_RANGES) CLASSES.fill(UNSPACED, first, last + 1);

/** The flags of a UTF-16 unit. A lone surrogate counts as a letter, so that no text is out of bounds. */
export const classOf = (unit: number): number => CLASSES[unit] as number;

/** True when no word boundary lies between two neighbouring UTF-16 units. */
export const isInsideWord = (before: number, after: number): boolean =>
  (classOf(before) & classOf(after) & JOINS) !== 0;

/** True for a UTF-16 unit of a script that is written without spaces. */
export const isUnspaced = (unit: number): boolean => (classOf(unit) & UNSPACED) !== 0;

/** True for white space. */
export const isSpace = (unit: number): boolean => (classOf(unit) & SPACE) !== 0;

import type { PromptReading } from './read-prompt.js';

/** The features of the complexity score, each 0 to 1, in the order in which they are summed. */
export const COMPLEXITY_FEATURES = [
  'length',
  'names',
  'numerals',
  'compound',
  'givenText',
  'hardWork',
] as const;

/** One of `COMPLEXITY_FEATURES`. */
export type ComplexityFeature = (typeof COMPLEXITY_FEATURES)[number];

/** A value for each feature. */
export type ComplexityFeatures = Readonly<Record<ComplexityFeature, number>>;

/** Below this a prompt hardly has a length; from the other on it has the full one. */
const SHORT_CHARACTERS = 50;
const LONG_CHARACTERS = 20_000;
const MANY_NAMES = 400;
/** Numerals are felt by their density: full when every tenth character begins one. */
const CHARACTERS_PER_NUMERAL = 10;
/** Added to the length, so that two numbers in a short prompt are not dense. */
const DENSITY_CHARACTERS = 100;
/** Cues at which `n / (n + half)` reaches one half. */
const HALF_CUES = 1.5;

/**
 * The features of a prompt that was read.
 *
 * - `length`: the logarithm of the characters.
 * - `names`: the logarithm of the words that begin with a capital letter: people, places, terms, sentences.
 * - `numerals`: how densely numbers stand.
 * - `compound`: 1 when several statements are to be judged at once.
 * - `givenText`: 1 when the answer is to be read from a text in the prompt.
 * - `hardWork`: cues such as "prove that" or "edge cases", saturating.
 */
export const featuresOf = ({ characters, text, shape, scan }: PromptReading): ComplexityFeatures => {
  // What was counted in the sample stands for the whole prompt.
  const scale = text.length === 0 ? 0 : characters / text.length;
  return {
    length: logarithmic(characters / SHORT_CHARACTERS, LONG_CHARACTERS / SHORT_CHARACTERS),
    names: logarithmic(shape.capitalWords * scale, MANY_NAMES),
    numerals: Math.min(1, (shape.numerals * CHARACTERS_PER_NUMERAL) / (text.length + DENSITY_CHARACTERS)),
    compound: scan.compound ? 1 : 0,
    givenText: scan.givenText ? 1 : 0,
    hardWork: scan.hardWork / (scan.hardWork + HALF_CUES),
  };
};

const logarithmic = (count: number, full: number): number =>
  Math.min(1, Math.log1p(count) / Math.log1p(full));

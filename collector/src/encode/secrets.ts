/** What stands where a secret stood. */
export const REDACTED = '[redacted]';

/**
 * What is taken for a secret inside any text: keys as OpenAI, Anthropic, OpenRouter and others make them, keys of
 * Google, of xAI, Groq, Hugging Face and GitHub, JSON Web Tokens, ids of AWS access keys, bearer tokens, and the user and
 * password of a URL. All run in linear time: what precedes a key keeps a long run of its letters from being tried twice.
 */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/(?<![\w-])sk-(?=[\w-]*\d)[\w-]{16,}/g, REDACTED],
  [/(?<![\w-])(?:xai-|gsk_|hf_|gh[pousr]_|github_pat_)\w{16,}/g, REDACTED],
  [/(?<![\w-])AIza[\w-]{30,}/g, REDACTED],
  [/(?<![\w-])eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g, REDACTED],
  [/(?<![A-Za-z0-9])A[KS]IA[A-Z0-9]{16}(?![A-Za-z0-9])/g, REDACTED],
  [/\b([Bb]earer {1,8})(?=\S*\d|\S{20})[\w.~+/=-]{8,}/g, `$1${REDACTED}`],
  [/:\/\/[^\s/?#@"'<>]{1,256}@/g, `://${REDACTED}@`],
];

/** The text without its secrets. */
export const redactSecrets = (text: string): string => {
  let redacted = text;
  for (const [pattern, replacement] of PATTERNS) redacted = redacted.replace(pattern, replacement);
  return redacted;
};

// A secret begins with one of these: a text without them, which is nearly every text, is never looked at as a string.
const PREFIXES = [
  'sk-',
  'eyJ',
  'AKIA',
  'ASIA',
  'AIza',
  'xai-',
  'gsk_',
  'hf_',
  'ghp_',
  'gho_',
  'ghu_',
  'ghs_',
  'ghr_',
];
const CANDIDATES: readonly string[] = [...PREFIXES, 'github_pat_', 'earer ', '://'];

/** Set for a byte that is no ASCII. */
export const NOT_ASCII = 1;

const letters = [...new Set(CANDIDATES.flatMap((prefix) => [...prefix]))];
const bitOf = (letter: string): number => 1 << (1 + letters.indexOf(letter));

/** Per byte: which classes it is of. Combined with `|` over a text they tell whether it may hold a secret. */
export const BYTE_CLASSES = new Int32Array(256);
for (const letter of letters) BYTE_CLASSES[letter.charCodeAt(0)] = bitOf(letter);
BYTE_CLASSES.fill(NOT_ASCII, 0x80);
BYTE_CLASSES['@'.charCodeAt(0)] = 1 << 30;

const MASKS = CANDIDATES.map((prefix) => {
  const mask = [...prefix].reduce((bits, letter) => bits | bitOf(letter), 0);
  return prefix === '://' ? mask | (1 << 30) : mask;
});
const CANDIDATE_BYTES = CANDIDATES.map((prefix) => Buffer.from(prefix));

/** Whether a text may hold a secret, by the classes of its bytes and then by its bytes. */
export const mayHoldSecret = (bytes: Buffer, start: number, end: number, classes: number): boolean => {
  for (let index = 0; index < MASKS.length; index += 1) {
    const mask = MASKS[index] as number;
    if ((classes & mask) !== mask) continue;
    if (includes(bytes, start, end, CANDIDATE_BYTES[index] as Buffer)) return true;
  }
  return false;
};

const includes = (bytes: Buffer, start: number, end: number, wanted: Buffer): boolean => {
  const first = wanted[0] as number;
  const last = end - wanted.length;
  for (let at = start; at <= last; at += 1) {
    if (bytes[at] !== first) continue;
    let index = 1;
    while (index < wanted.length && bytes[at + index] === wanted[index]) index += 1;
    if (index === wanted.length) return true;
  }
  return false;
};

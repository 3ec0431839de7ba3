/** How many characters (UTF-16 code units) make one simulated token. */
export const CHARACTERS_PER_TOKEN = 4;

/**
 * Returns the tokens of a text: its length in UTF-16 code units divided by 4, rounded up.
 * A prompt is counted as one text: the contents of all messages together, nothing added per message.
 */
export function countSimulatedTokens(text: string): number {
  return tokensOfCharacters(text.length);
}

/** Returns the tokens of so many characters: a quarter, rounded up. */
export function tokensOfCharacters(characters: number): number {
  return Math.ceil(characters / CHARACTERS_PER_TOKEN);
}

import { createKeyedRandom } from '../random/keyed-random.js';
import { CHARACTERS_PER_TOKEN } from './count-simulated-tokens.js';
import { fillerText } from './filler-text.js';

/**
 * Returns a prompt that the simulator counts as exactly `tokens` tokens: `4 * tokens` characters of readable
 * text, different for each seed. A task phrase (`'Fix this bug:'`) may lead; it counts, and is cut where it
 * alone is longer. Zero tokens give the empty string. Throws a RangeError unless `tokens` is a whole number
 * from 0.
 */
export function promptOfTokens(tokens: number, seed: number | string, taskPhrase = ''): string {
  if (!Number.isSafeInteger(tokens) || tokens < 0) {
    throw new RangeError(`A prompt cannot have ${tokens} tokens. Give a whole number from 0.`);
  }
  const characters = tokens * CHARACTERS_PER_TOKEN;
  const lead = taskPhrase === '' ? '' : `${taskPhrase} `;
  if (lead.length >= characters) return taskPhrase.slice(0, characters).padEnd(characters, '.');
  return lead + fillerText(characters - lead.length, createKeyedRandom('prompt', seed));
}

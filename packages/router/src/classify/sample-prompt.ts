const HEAD_CHARACTERS = 12_288;
const TAIL_CHARACTERS = 4_096;

/** Characters of a prompt that are read at most, the line break between head and tail included. */
export const MAX_CHARACTERS_READ = HEAD_CHARACTERS + 1 + TAIL_CHARACTERS;

/**
 * The part of a prompt that is read: all of it up to 16,384 characters, otherwise its head and tail, where instructions
 * stand. This bounds the work on prompts of any size; a phrase in the middle of a huge prompt is not seen.
 */
export const samplePrompt = (prompt: string): string =>
  prompt.length <= HEAD_CHARACTERS + TAIL_CHARACTERS
    ? prompt
    : `${prompt.slice(0, HEAD_CHARACTERS)}\n${prompt.slice(-TAIL_CHARACTERS)}`;

import type { Flip } from './flip.js';

/** A flip in a sentence: "openai/gpt-5-mini ranks first if the cost weight rises from 0.33 to 0.4612." */
export const describeFlip = (flip: Flip): string => `${flip.winner} ranks first if ${conditionOf(flip)}.`;

const conditionOf = (flip: Flip): string => {
  const { from, to } = flip;
  const moves = `${to > from ? 'rises' : 'falls'} from ${from} to ${to}`;
  if (flip.kind === 'weight') return `the ${flip.name} weight ${moves}`;
  switch (flip.name) {
    case 'firstChunkMs':
      return `the first chunk of ${flip.target} takes ${to} ms instead of ${from} ms`;
    case 'tokensPerSecond':
      return `${flip.target} writes ${to} tokens per second instead of ${from}`;
    case 'successRate':
      return `the success rate of ${flip.target} ${moves}`;
  }
};

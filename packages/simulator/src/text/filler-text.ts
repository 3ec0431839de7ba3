import type { Random } from '../random/keyed-random.js';

const ADJECTIVES = [
  'quiet',
  'northern',
  'careful',
  'early',
  'narrow',
  'steady',
  'bright',
  'distant',
  'local',
  'second',
  'heavy',
  'open',
  'recent',
  'signalled',
  'double',
  'coastal',
] as const;
const NOUNS = [
  'train',
  'station',
  'driver',
  'junction',
  'platform',
  'timetable',
  'viaduct',
  'signal',
  'passenger',
  'tunnel',
  'locomotive',
  'crossing',
  'carriage',
  'engineer',
  'depot',
  'bridge',
] as const;
const VERBS = [
  'passes',
  'follows',
  'awaits',
  'crosses',
  'serves',
  'joins',
  'leaves',
  'inspects',
  'reaches',
  'protects',
  'replaces',
  'describes',
  'measures',
  'repeats',
  'delays',
  'guides',
] as const;
const ENDINGS = [
  'before noon',
  'without delay',
  'in light rain',
  'at walking pace',
  'as planned',
  'after the bend',
  'near the harbour',
  'under the old rules',
  'once a day',
  'by lamp light',
  'on the main line',
  'with two minutes to spare',
  'every winter',
  'along the river',
  'in good order',
  'for the first time',
] as const;

/**
 * Returns readable English sentences of exactly this many characters (ASCII), the same for the same draws.
 * The text begins with a letter and ends with a full stop, so that trimming never changes its length.
 */
export function fillerText(characters: number, random: Random): string {
  if (characters <= 0) return '';
  let text = sentence(random);
  while (text.length < characters) text += ` ${sentence(random)}`;
  return `${text.slice(0, characters - 1)}.`;
}

function sentence(random: Random): string {
  const subject = `${pick(ADJECTIVES, random)} ${pick(NOUNS, random)}`;
  const object = `${pick(ADJECTIVES, random)} ${pick(NOUNS, random)}`;
  return `The ${subject} ${pick(VERBS, random)} the ${object} ${pick(ENDINGS, random)}.`;
}

function pick<const Word extends string>(words: readonly Word[], random: Random): Word {
  return words[Math.floor(random() * words.length)] as Word;
}

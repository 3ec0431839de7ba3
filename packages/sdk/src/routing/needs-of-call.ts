import type { LanguageModelV4CallOptions, LanguageModelV4Message } from '@ai-sdk/provider';
import type { Capability } from '@signalbox/spec';

type Need = Extract<Capability, 'vision' | 'files'>;

const mediaTypesOf = (message: LanguageModelV4Message): string[] =>
  typeof message.content === 'string'
    ? []
    : message.content.flatMap((part) => {
        if (part.type === 'file') return [part.mediaType];
        if (part.type !== 'tool-result' || part.output.type !== 'content') return [];
        return part.output.value.flatMap((item) => (item.type === 'file' ? [item.mediaType] : []));
      });

const needOfMedia = (mediaType: string): Need =>
  mediaType === 'image' || mediaType.startsWith('image/') ? 'vision' : 'files';

/**
 * What a call asks of a target, each at most once: `tools` if it has any, `json` for a JSON response format, `vision`
 * for images, `files` for other files, `streaming` for a stream.
 */
export const needsOfCall = (
  { prompt, tools, responseFormat }: LanguageModelV4CallOptions,
  stream: boolean,
): readonly Capability[] => {
  const needs = new Set<Capability>(prompt.flatMap(mediaTypesOf).map(needOfMedia));
  if (tools && tools.length > 0) needs.add('tools');
  if (responseFormat?.type === 'json') needs.add('json');
  if (stream) needs.add('streaming');
  return [...needs];
};

import type { LanguageModelV4CallOptions } from '@ai-sdk/provider';
import { describe, expect, it } from 'vitest';
import { needsOfCall } from './needs-of-call.js';

const file = (mediaType: string): LanguageModelV4CallOptions['prompt'] => [
  {
    role: 'user',
    content: [
      { type: 'text', text: 'What is this?' },
      { type: 'file', mediaType, data: { type: 'data', data: 'AAAA' } },
    ],
  },
];

const toolResultWith = (mediaType: string): LanguageModelV4CallOptions['prompt'] => [
  {
    role: 'tool',
    content: [
      {
        type: 'tool-result',
        toolCallId: '1',
        toolName: 'screenshot',
        output: {
          type: 'content',
          value: [{ type: 'file', mediaType, data: { type: 'data', data: 'AAAA' } }],
        },
      },
    ],
  },
];

const TOOL = { type: 'function' as const, name: 'now', inputSchema: {} };

describe('needsOfCall', () => {
  it.each<[string, LanguageModelV4CallOptions, string[]]>([
    ['plain text', { prompt: [] }, []],
    ['no tools', { prompt: [], tools: [] }, []],
    ['tools', { prompt: [], tools: [TOOL] }, ['tools']],
    ['text format', { prompt: [], responseFormat: { type: 'text' } }, []],
    ['JSON format', { prompt: [], responseFormat: { type: 'json' } }, ['json']],
    ['an image', { prompt: file('image/png') }, ['vision']],
    ['an image of any kind', { prompt: file('image') }, ['vision']],
    ['a document', { prompt: file('application/pdf') }, ['files']],
    ['an image from a tool', { prompt: toolResultWith('image/jpeg') }, ['vision']],
    ['two images', { prompt: [...file('image/png'), ...file('image/png')] }, ['vision']],
  ])('reads %s', (_name, call, needs) => {
    expect(needsOfCall(call, false)).toEqual(needs);
  });

  it('needs streaming for a stream', () => {
    expect(needsOfCall({ prompt: [] }, true)).toEqual(['streaming']);
  });
});

import { describe, expect, it } from 'vitest';
import { promptText } from './prompt-text.js';

describe('promptText', () => {
  it('joins the text of all messages by newlines', () => {
    const text = promptText([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: [{ type: 'text', text: 'Weather?' }] },
      {
        role: 'assistant',
        content: [
          { type: 'reasoning', text: 'I must look.' },
          { type: 'tool-call', toolCallId: '1', toolName: 'weather', input: { city: 'Bern' } },
        ],
      },
      {
        role: 'tool',
        content: [
          {
            type: 'tool-result',
            toolCallId: '1',
            toolName: 'weather',
            output: { type: 'json', value: { sky: 'clear' } },
          },
        ],
      },
    ]);
    expect(text).toBe('Be brief.\nWeather?\nI must look.\n{"city":"Bern"}\n{"sky":"clear"}');
  });

  it('leaves out what is not text', () => {
    const image = { type: 'data' as const, data: 'AAAA' };
    const text = promptText([
      {
        role: 'user',
        content: [
          { type: 'file', mediaType: 'image/png', data: image },
          { type: 'file', mediaType: 'text/plain', data: { type: 'text', text: 'a note' } },
        ],
      },
    ]);
    expect(text).toBe('a note');
  });
});

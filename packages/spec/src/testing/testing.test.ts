import { describe, expect, it } from 'vitest';
import { createFakeProvider, createManualClock, createSeededRandom } from './index.js';

describe('createSeededRandom', () => {
  it('repeats its numbers for a seed, all in [0, 1)', () => {
    const draw = (seed: number) => Array.from({ length: 1000 }, createSeededRandom(seed));
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    expect(draw(7).every((number) => number >= 0 && number < 1)).toBe(true);
  });
});

describe('createManualClock', () => {
  it('moves only when told', () => {
    const clock = createManualClock(1000);
    expect([clock.nowMs(), clock.epochMs()]).toEqual([0, 1000]);
    clock.advance(250);
    expect([clock.nowMs(), clock.epochMs()]).toEqual([250, 1250]);
  });
});

describe('createFakeProvider', () => {
  const answer = { chunks: ['Hel', 'lo'], inputTokens: 3, outputTokens: 2 };

  it('gives the scripted answers in order and then throws', async () => {
    const { languageModel, calls } = createFakeProvider({ small: [answer] });
    const model = languageModel('small');
    await expect(model.doGenerate({})).resolves.toMatchObject({ content: [{ type: 'text', text: 'Hello' }] });
    await expect(model.doGenerate({})).rejects.toThrow('The fake model "small" has no answer left.');
    expect(calls).toHaveLength(2);
  });

  it('breaks a stream after the chunks it was told', async () => {
    const { languageModel } = createFakeProvider({ small: [{ ...answer, breakAfter: 1 }] });
    const { stream } = await languageModel('small').doStream({});
    const deltas: string[] = [];
    const read = async () => {
      for await (const part of stream) if (part.type === 'text-delta') deltas.push(part.delta);
    };
    await expect(read()).rejects.toThrow('The fake stream broke.');
    expect(deltas).toEqual(['Hel']);
  });
});

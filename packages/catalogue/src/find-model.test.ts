import { CAPABILITIES, TASK_TYPES } from '@signalbox/spec';
import { describe, expect, it } from 'vitest';
import { CATALOGUE } from './catalogue.js';
import { findModel } from './find-model.js';

describe('CATALOGUE', () => {
  it('holds at least 40 models of 8 providers that are not on their way out', () => {
    const current = CATALOGUE.filter(({ deprecated }) => !deprecated);
    expect(current.length).toBeGreaterThanOrEqual(40);
    expect(new Set(current.map(({ provider }) => provider)).size).toBeGreaterThanOrEqual(8);
  });

  it('gives no two models the same name at a provider', () => {
    const names = CATALOGUE.flatMap(({ provider, model, aliases }) =>
      [model, ...aliases].map((name) => `${provider}/${name}`),
    );
    expect(names.length).toBe(new Set(names).size);
  });

  it('says of every fact what it is, or that it is unknown', () => {
    for (const model of CATALOGUE) {
      expect(model.contextTokens ?? 1, model.id).toBeGreaterThan(0);
      expect(model.maxOutputTokens ?? 1, model.id).toBeGreaterThan(0);
      expect(Object.keys(model.capabilities).sort(), model.id).toEqual([...CAPABILITIES].sort());
      expect(model.source, model.id).not.toBe('');
    }
  });

  it('gives no quality without its source', () => {
    for (const { id, quality } of CATALOGUE) {
      if (quality === null) continue;
      expect(quality.source, id).toMatch(/^placement: |development data/);
      for (const value of [quality.overall, ...Object.values(quality.byTask)]) {
        expect(value, id).toBeGreaterThan(0);
        expect(value, id).toBeLessThanOrEqual(1);
      }
      expect(TASK_TYPES, id).toEqual(expect.arrayContaining(Object.keys(quality.byTask)));
    }
  });
});

describe('findModel', () => {
  it.each([
    ['by its name', 'openai', 'gpt-6-luna', 'openai/gpt-6-luna'],
    ['by a snapshot that it lists', 'anthropic', 'claude-haiku-4-5-20251001', 'anthropic/claude-haiku-4-5'],
    ['by a snapshot that it does not list', 'openai', 'gpt-5-mini-2025-08-07', 'openai/gpt-5-mini'],
    [
      'at a provider with slashes in its names',
      'togetherai',
      'zai-org/GLM-5.2',
      'togetherai/zai-org/GLM-5.2',
    ],
    ['under another key of the provider', 'together', 'zai-org/GLM-5.2', 'togetherai/zai-org/GLM-5.2'],
    ['by its region', 'bedrock', 'eu.anthropic.claude-opus-4-7', 'amazon-bedrock/anthropic.claude-opus-4-7'],
  ])('finds a model %s', (_, provider, model, id) => {
    expect(findModel({ provider, model })?.id).toBe(id);
  });

  it.each([
    ['a provider that only sounds like a known one', 'my-openai-proxy', 'gpt-6-luna'],
    ['a model of another provider', 'anthropic', 'gpt-6-luna'],
    ['a model that only begins like a known one', 'openai', 'gpt-6-luna-tuned'],
    ['a name of Object', 'constructor', 'gpt-6-luna'],
  ])('knows nothing of %s', (_, provider, model) => {
    expect(findModel({ provider, model })).toBeNull();
  });
});

import { ConfigInvalidError, parseConfig } from '@signalbox/spec';
import { describe, expect, it } from 'vitest';
import { withCatalogue } from './with-catalogue.js';

const targetsOf = (...targets: unknown[]) => parseConfig(withCatalogue({ targets })).targets;

describe('withCatalogue', () => {
  it('makes a target of the name of a model', () => {
    expect(targetsOf('openai/gpt-6-luna')).toMatchObject([
      {
        id: 'openai/gpt-6-luna',
        provider: 'openai',
        model: 'gpt-6-luna',
        contextTokens: 1_050_000,
        maxOutputTokens: 128_000,
        capabilities: ['tools', 'json', 'vision', 'files', 'streaming'],
        quality: 0.6,
        price: null,
        latency: null,
      },
    ]);
  });

  it('gives a target the quality that was measured for a task', () => {
    expect(targetsOf('mistral/open-mixtral-8x7b')[0]?.qualityByTask).toEqual({ math: 0.64, reasoning: 0.69 });
  });

  it('gives no quality by task to a target that has a quality of its own', () => {
    expect(targetsOf({ id: 'mistral/open-mixtral-8x7b', quality: 0.9 })).toMatchObject([
      { quality: 0.9, qualityByTask: {} },
    ]);
  });

  it('lets a target override each fact', () => {
    const own = { contextTokens: 8000, maxOutputTokens: 500, capabilities: ['tools'], quality: 0.9 };
    expect(targetsOf({ id: 'openai/gpt-6-luna', ...own })).toMatchObject([own]);
  });

  it('finds the facts of a target by the model that is asked for, not by its id', () => {
    expect(targetsOf({ id: 'openai/cheap', model: 'gpt-6-luna' })).toMatchObject([
      { id: 'openai/cheap', model: 'gpt-6-luna', contextTokens: 1_050_000 },
    ]);
  });

  it('leaves out what nobody says: Anthropic models of before may or may not give JSON', () => {
    expect(targetsOf('anthropic/claude-opus-4-7')[0]?.capabilities).toEqual([
      'tools',
      'vision',
      'files',
      'streaming',
    ]);
  });

  it('knows nothing of a model that is not in the catalogue', () => {
    expect(targetsOf('mine/llama')).toMatchObject([
      {
        id: 'mine/llama',
        contextTokens: null,
        maxOutputTokens: null,
        capabilities: ['streaming'],
        quality: null,
      },
    ]);
  });

  it('changes nothing when it is done again', () => {
    const once = withCatalogue({
      targets: ['openai/gpt-6-luna', 'mistral/open-mixtral-8x7b', { id: 'mine/llama' }],
    });
    expect(withCatalogue(once)).toEqual(once);
  });

  it.each([
    ['a target without provider', 'gpt-6-luna', 'targets[0].id'],
    ['a number', 7, 'targets[0]'],
    ['nothing', null, 'targets[0]'],
  ])('leaves it to the schema to refuse %s', (_, target, path) => {
    const caught = (() => {
      try {
        return targetsOf(target);
      } catch (error) {
        return error;
      }
    })();
    expect(ConfigInvalidError.isInstance(caught)).toBe(true);
    expect((caught as ConfigInvalidError).issues.map((issue) => issue.path)).toEqual([path]);
  });

  it.each([null, 'text', [], { targets: 'openai/gpt-6-luna' }])('returns %j as it is', (config) => {
    expect(withCatalogue(config)).toBe(config);
  });
});

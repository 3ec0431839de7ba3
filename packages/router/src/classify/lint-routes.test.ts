import type { Route } from '@signalbox/spec';
import { TASK_TYPES } from '@signalbox/spec';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildPolicy, buildRoute } from '../__fixtures__/build.js';
import { createRequest } from '../create-request.js';
import { lintRoutes } from './lint-routes.js';
import { matchRoute } from './match-route.js';
import { readPrompt } from './read-prompt.js';

const TARGETS = [{ id: 'a/a' }, { id: 'b/b' }];
const lint = (...routes: readonly Partial<Route>[]) =>
  lintRoutes({ routes: routes.map((route, at) => buildRoute(`r${at}`, route)), targets: TARGETS });

describe('lintRoutes finds a route that can never match', () => {
  it.each([
    ['after one that takes everything', [{}, { patterns: ['refund'] }], '"r0"'],
    ['after one of fewer patterns', [{ patterns: ['refund'] }, { patterns: ['Refund'] }], '"r0"'],
    [
      'after a word of its phrase',
      [{ patterns: ['refund'] }, { patterns: ['refund  now', 'my refund'] }],
      '"r0"',
    ],
    ['after the same expression', [{ patterns: ['/ab+/'] }, { patterns: ['/ab+/'] }], '"r0"'],
    ['after its metadata', [{ metadata: { a: '1' } }, { metadata: { a: '1', b: '2' } }], '"r0"'],
    ['after its task types', [{ taskTypes: ['math', 'chat'] }, { taskTypes: ['chat'] }], '"r0"'],
    ['after all task types', [{ taskTypes: TASK_TYPES }, { complexities: ['simple'] }], '"r0"'],
    [
      'after two that take a half each',
      [{ complexities: ['simple', 'moderate'] }, { complexities: ['complex', 'expert'] }, {}],
      '"r0", "r1"',
    ],
    [
      'after one for each of its patterns',
      [{ patterns: ['refund'] }, { patterns: ['invoice'] }, { patterns: ['invoice', 'refund'] }],
      '"r1", "r0"',
    ],
    [
      'after one for each of its cells',
      [
        { taskTypes: ['math'] },
        { complexities: ['simple'] },
        { patterns: ['sum'], taskTypes: ['math', 'chat'], complexities: ['simple'] },
      ],
      '"r0", "r1"',
    ],
  ] satisfies [string, Partial<Route>[], string][])('%s', (_, routes, names) => {
    const last = routes.length - 1;
    expect(lint(...routes)).toEqual([
      { path: `policy.routes[${last}]`, message: expect.stringContaining(`is taken by ${names} before it`) },
    ]);
  });
});

it.each([
  ['of other patterns', [{ patterns: ['refund'] }, { patterns: ['refunds'] }]],
  ['of one pattern more', [{ patterns: ['refund'] }, { patterns: ['refund', 'invoice'] }]],
  ['of an expression that a phrase fits', [{ patterns: ['/^refund$/'] }, { patterns: ['refund'] }]],
  ['without patterns', [{ patterns: ['refund'] }, {}]],
  ['without metadata', [{ metadata: { a: '1' } }, { patterns: ['x'] }]],
  ['of other metadata', [{ metadata: { a: '1' } }, { metadata: { a: '2' } }]],
  ['of other task types', [{ taskTypes: ['math'] }, { taskTypes: ['chat', 'math'] }]],
  [
    'of a cell that is left',
    [{ taskTypes: ['math'] }, { complexities: ['simple'] }, { taskTypes: ['chat'] }],
  ],
] satisfies [string, Partial<Route>[]][])('leaves a route %s alone', (_, routes) => {
  expect(lint(...routes)).toEqual([]);
});

it.each([
  ['a blank pattern', { patterns: ['ok', '  '] }, 'patterns[1]', 'is blank'],
  ['a pattern that is too long', { patterns: ['long '.repeat(50)] }, 'patterns[0]', 'has 249 characters'],
  ['a bad expression', { patterns: ['/(a/'] }, 'patterns[0]', 'missing closing )'],
  ['an allowed target that is denied', { allow: ['a/a'], deny: ['a/a'] }, 'allow', 'leaves no target'],
  ['all targets denied', { deny: ['a/a', 'b/b'] }, 'deny', 'leaves no target'],
  [
    'a preferred target that is denied',
    { prefer: ['b/b', 'a/a'], deny: ['a/a'] },
    'prefer[1]',
    '"a/a" is preferred',
  ],
  [
    'a preferred target that is not allowed',
    { prefer: ['b/b'], allow: ['a/a'] },
    'prefer[0]',
    'does not allow it',
  ],
] satisfies [string, Partial<Route>, string, string][])('reports %s', (_, route, field, message) => {
  const [issue, ...others] = lint(route);
  expect(others).toEqual([]);
  expect(issue).toEqual({ path: `policy.routes[0].${field}`, message: expect.stringContaining(message) });
});

it('reports a name that is taken', () => {
  const routes = [buildRoute('same', { patterns: ['a'] }), buildRoute('same', { patterns: ['b'] })];
  expect(lintRoutes({ routes, targets: TARGETS })).toEqual([
    { path: 'policy.routes[1].name', message: '"same" is already the name of policy.routes[0]' },
  ]);
});

it('never calls a route unreachable that a request reaches', () => {
  const words = ['red', 'red fox', 'fox', 'blue', '/re./'];
  const route = fc.record({
    patterns: fc.subarray(words),
    taskTypes: fc.subarray(['math', 'chat'] as const),
    complexities: fc.subarray(['simple', 'moderate', 'complex', 'expert'] as const),
    metadata: fc.constantFrom({}, { a: '1' }, { a: '1', b: '2' }),
  });
  const request = fc.record({
    words: fc.array(fc.constantFrom('red', 'fox', 'blue', 'grey'), { maxLength: 4 }),
    type: fc.constantFrom('math' as const, 'chat' as const, 'coding' as const),
    complexity: fc.constantFrom('simple' as const, 'expert' as const),
    metadata: fc.constantFrom({}, { a: '1' }, { a: '1', b: '2' }, { b: '2' }),
  });
  fc.assert(
    fc.property(fc.array(route, { maxLength: 5 }), request, (given, { words: said, metadata, ...task }) => {
      const routes = given.map((each, at) => buildRoute(`r${at}`, each));
      const prompt = said.join(' ');
      const { route: taken } = matchRoute(
        createRequest({ prompt, metadata }),
        { ...task, complexityScore: 0 },
        readPrompt(prompt),
        buildPolicy([], { routes }),
      );
      const dead = lintRoutes({ routes, targets: [] }).map(({ path }) => path);
      if (taken) expect(dead).not.toContain(`policy.routes[${routes.indexOf(taken.route)}]`);
    }),
    { numRuns: 500 },
  );
});

import type { Route, RoutingRequest } from '@signalbox/spec';
import { describe, expect, it } from 'vitest';
import { buildPolicy, buildRoute } from '../__fixtures__/build.js';
import { createRequest } from '../create-request.js';
import { classify } from './classify.js';

const classifyWith = (routes: readonly Route[], request: Partial<RoutingRequest>) =>
  classify(createRequest({ prompt: '', ...request }), buildPolicy([], { routes }));

const routeFor = (routes: readonly Route[], request: Partial<RoutingRequest>) =>
  classifyWith(routes, request).match.route?.route.name ?? null;

describe('a route', () => {
  it.each([
    ['a pattern in the prompt', { patterns: ['refund'] }, { prompt: 'I want a REFUND.' }, true],
    ['any one of its patterns', { patterns: ['refund', 'invoice'] }, { prompt: 'my invoice' }, true],
    ['none of its patterns', { patterns: ['refund'] }, { prompt: 'refunding' }, false],
    ['an expression', { patterns: ['/order-\\d+/'] }, { prompt: 'Where is ORDER-1234?' }, true],
    ['no expression that fits', { patterns: ['/order-\\d+/'] }, { prompt: 'Where is my order?' }, false],
    ['a word or an expression', { patterns: ['/x+y/', 'refund'] }, { prompt: 'a refund' }, true],
    ['the task type', { taskTypes: ['coding'] }, { prompt: 'Implement a stack' }, true],
    ['another task type', { taskTypes: ['coding'] }, { prompt: 'Hello' }, false],
    ['the complexity', { complexities: ['simple'] }, { prompt: 'Hello' }, true],
    ['another complexity', { complexities: ['expert'] }, { prompt: 'Hello' }, false],
    ['equal metadata', { metadata: { team: 'a' } }, { metadata: { team: 'a', x: 'y' } }, true],
    ['other metadata', { metadata: { team: 'a' } }, { metadata: { team: 'b' } }, false],
    ['part of its metadata', { metadata: { team: 'a', x: 'y' } }, { metadata: { team: 'a' } }, false],
    ['one list but not the other', { patterns: ['hi'], taskTypes: ['coding'] }, { prompt: 'hi' }, false],
    ['no list at all', {}, { prompt: 'anything' }, true],
  ] satisfies [string, Partial<Route>, Partial<RoutingRequest>, boolean][])(
    'with %s matches: %#',
    (_, route, request, expected) => {
      expect(routeFor([buildRoute('r', route)], request)).toBe(expected ? 'r' : null);
    },
  );

  it('wins over those after it', () => {
    const routes = [
      buildRoute('legal', { patterns: ['contract'] }),
      buildRoute('money', { patterns: ['refund'] }),
      buildRoute('rest'),
    ];
    expect(routeFor(routes, { prompt: 'a refund by contract' })).toBe('legal');
    expect(routeFor(routes, { prompt: 'a refund' })).toBe('money');
    expect(routeFor(routes, { prompt: 'hello' })).toBe('rest');
  });

  it('keeps the patterns that were found, in its own order and spelling', () => {
    const routes = [
      buildRoute('other', { patterns: ['nothing'] }),
      buildRoute('money', { patterns: ['Refund', 'invoice', 'charge back'] }),
    ];
    const { match } = classifyWith(routes, { prompt: 'charge  back the refund' });
    expect(match.patterns).toEqual(['Refund', 'charge back']);
  });

  it('keeps expressions as they are written, among the phrases', () => {
    const routes = [buildRoute('order', { patterns: ['late', '/order-\\d+/', '/never/', 'order'] })];
    const { match } = classifyWith(routes, { prompt: 'Order-12 is late' });
    expect(match.patterns).toEqual(['late', '/order-\\d+/', 'order']);
  });

  it('shares a pattern with another route', () => {
    const routes = [
      buildRoute('code', { patterns: ['refund'], taskTypes: ['coding'] }),
      buildRoute('money', { patterns: ['REFUND'] }),
    ];
    const { match } = classifyWith(routes, { prompt: 'refund' });
    expect(match.route?.route.name).toBe('money');
    expect(match.patterns).toEqual(['REFUND']);
  });
});

describe('a prompt of ten million characters', () => {
  const filler = 'lorem ipsum, '.repeat(400_000);
  const routes = [buildRoute('found', { patterns: ['warehouse'] })];

  it('is matched at its head and at its tail, not in the middle', () => {
    expect(routeFor(routes, { prompt: `warehouse ${filler}${filler}` })).toBe('found');
    expect(routeFor(routes, { prompt: `${filler}${filler} warehouse` })).toBe('found');
    expect(routeFor(routes, { prompt: `${filler} warehouse ${filler}` })).toBeNull();
  });

  it('is searched by expressions at its head and at its tail', () => {
    const byExpression = [buildRoute('found', { patterns: ['/order-\\d+/'] })];
    expect(routeFor(byExpression, { prompt: `${filler}${filler} order-7` })).toBe('found');
    expect(routeFor(byExpression, { prompt: `${filler} order-7 ${filler}` })).toBeNull();
  });

  it('keeps its real length', () => {
    const { characters, promptTokens } = classifyWith([], { prompt: filler });
    expect(characters).toBe(filler.length);
    expect(promptTokens).toBe(filler.length / 4);
  });
});

it('expects no longer answer than the caller asked for', () => {
  expect(classifyWith([], { prompt: 'Hello' }).answerTokens).toBe(300);
  expect(classifyWith([], { prompt: 'Hello', maxOutputTokens: 50 }).answerTokens).toBe(50);
  expect(classifyWith([], { prompt: 'Hello', maxOutputTokens: 5000 }).answerTokens).toBe(300);
});

// The precedence and fallback cases of vllm-project/semantic-router, which are read from the data folder.
//
// What that router finds by embeddings and by a classifier is handed in as metadata here, because ours looks at words
// only: what is held is which of the findings wins, and what takes the rest. In the second file its classifier of
// subjects is replaced by words for each subject. Not applied: `expected_confidence`, which is that of its models (ours
// speaks of targets), and the files about PII and jailbreaks, which do not route.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Route } from '@signalbox/spec';
import { describe, expect, it } from 'vitest';
import { buildPolicy, buildRoute } from '../__fixtures__/build.js';
import { createRequest } from '../create-request.js';
import { classify } from './classify.js';

const folder = join(
  process.env.SIGNALBOX_DATA_DIR ?? join(import.meta.dirname, '../../../../../shared/data'),
  'semantic-router',
);
const absent = !existsSync(folder);
const suffix = absent ? ` (skipped: no ${folder})` : '';
const readCases = (file: string): unknown =>
  absent ? [] : JSON.parse(readFileSync(join(folder, file), 'utf8'));

/** Words for each subject, the narrower subjects first: "thermodynamics in engineering" is engineering. */
const SUBJECTS: Readonly<Record<string, readonly string[]>> = {
  engineering: ['engineering', 'heat exchanger', 'load-bearing'],
  biology: ['mitosis', 'dna', 'cell membrane', 'natural selection', 'photosynthesis'],
  physics: ['physics', "newton's laws", 'relativity', 'thermodynamics'],
  chemistry: ['chemistry', 'chemical', 'periodic table', 'molecular'],
  economics: ['economics', 'inflation', 'supply and demand', 'stock markets', 'gross domestic product'],
  psychology: ['psychology', 'cognitive', 'freud', "freud's", 'long-term memory'],
  law: ['law basics', 'tort law', 'contract law', 'constitutional', 'statute'],
  philosophy: ['philosophy', 'philosophers', 'existentialism', 'ethics'],
  computer_science: ['algorithms', 'machine learning', 'binary search tree', 'object-oriented programming'],
  health: ['symptoms', 'diet', 'daily water intake', 'heart attack'],
  history: ['empire', 'world war', 'history'],
  business: ['marketing', 'ceo', 'balance sheet', 'management'],
};

const KEYWORD_ROUTES: readonly Route[] = [
  buildRoute('urgent_request', { patterns: ['urgent', 'asap'] }),
  buildRoute('sensitive_data', { patterns: ['ssn', 'credit card'] }),
  buildRoute('exclude_spam', { patterns: ['buy now', 'free money'] }),
  buildRoute('regex_pattern_match', { patterns: ['/[\\w.+-]+@[\\w-]+\\.[\\w.]+/'] }),
];

const takeRoute = (routes: readonly Route[], prompt: string, metadata: Record<string, string> = {}) => {
  const { route, patterns } = classify(
    createRequest({ prompt, metadata }),
    buildPolicy([], { routes }),
  ).match;
  return { route: route?.route.name, patterns };
};

type PrecedenceCase = {
  name: string;
  query: string;
  embedding_match: string | null;
  bert_match: string | null;
  expected_category: string;
  expected_method: 'keyword' | 'embedding' | 'bert';
};

describe('precedence', () => {
  const cases = readCases('routing_fallback_cases.json') as PrecedenceCase[];
  const bySignal = (signal: string, categories: readonly (string | null)[]): Route[] =>
    [...new Set(categories)].flatMap((category) =>
      category === null ? [] : [buildRoute(`${signal}:${category}`, { metadata: { [signal]: category } })],
    );
  const routes = [
    ...KEYWORD_ROUTES,
    ...bySignal(
      'embedding',
      cases.map((each) => each.embedding_match),
    ),
    ...bySignal(
      'bert',
      cases.map((each) => each.bert_match),
    ),
  ];

  it.skipIf(absent)(`is covered by cases${suffix}`, () => {
    expect(cases.length).toBeGreaterThanOrEqual(20);
  });

  it.each(cases)('$name', ({ query, embedding_match, bert_match, expected_category, expected_method }) => {
    const metadata = {
      ...(embedding_match && { embedding: embedding_match }),
      ...(bert_match && { bert: bert_match }),
    };
    const { route, patterns } = takeRoute(routes, query, metadata);
    const byKeyword = expected_method === 'keyword';
    expect(route).toBe(byKeyword ? expected_category : `${expected_method}:${expected_category}`);
    expect(patterns.length > 0).toBe(byKeyword);
  });
});

type FallbackCase = { query: string; expected_decision: string };

describe('fallback', () => {
  const { test_cases: cases = [] } = readCases('decision_fallback_cases.json') as {
    test_cases?: FallbackCase[];
  };
  const routes = [
    ...Object.entries(SUBJECTS).map(([subject, patterns]) => buildRoute(`${subject}_decision`, { patterns })),
    buildRoute('math_decision', { taskTypes: ['math'] }),
    buildRoute('other_decision'),
  ];

  it.skipIf(absent)(`is covered by cases${suffix}`, () => {
    expect(cases.length).toBeGreaterThanOrEqual(50);
  });

  it.each(cases)('$query', ({ query, expected_decision }) => {
    expect(takeRoute(routes, query).route).toBe(expected_decision);
  });
});

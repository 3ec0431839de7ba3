import { expect, it } from 'vitest';
import * as router from './index.js';

it('exports what the README lists', () => {
  expect(Object.keys(router).toSorted()).toEqual([
    'COMPLEXITY_MODEL_VERSION',
    'compilePolicy',
    'complexityLevel',
    'costNanoUsd',
    'createRequest',
    'decide',
    'estimateTokens',
    'explain',
    'scoreComplexity',
  ]);
});

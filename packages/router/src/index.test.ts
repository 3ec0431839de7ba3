import { expect, it } from 'vitest';
import * as router from './index.js';

it('exports these names and no others', () => {
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

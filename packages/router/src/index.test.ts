import { expect, it } from 'vitest';
import * as router from './index.js';

it('exports these names and no others', () => {
  expect(Object.keys(router).toSorted()).toEqual([
    'COMPLEXITY_FEATURES',
    'COMPLEXITY_MODEL_VERSION',
    'COMPLEXITY_WEIGHTS',
    'compilePolicy',
    'complexityFeatures',
    'complexityLevel',
    'costNanoUsd',
    'createRequest',
    'decide',
    'describeFlip',
    'differences',
    'estimateTokens',
    'explain',
    'findFlips',
    'lintRoutes',
    'policyVersion',
    'registerStrategy',
    'replay',
    'scoreComplexity',
    'weighFeatures',
  ]);
});

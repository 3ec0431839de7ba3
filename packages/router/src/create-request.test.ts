import { NO_LIMITS } from '@signalbox/spec';
import { expect, it } from 'vitest';
import { createRequest } from './create-request.js';

it('fills what is not given with null, empty or the default tenant', () => {
  expect(createRequest({ prompt: 'hi' })).toEqual({
    prompt: 'hi',
    tenant: 'default',
    userId: null,
    conversationId: null,
    source: null,
    model: null,
    strategy: null,
    preferences: null,
    limits: NO_LIMITS,
    needs: [],
    residency: [],
    maxOutputTokens: null,
    metadata: {},
  });
});

it('keeps what is given', () => {
  const request = createRequest({
    prompt: 'hi',
    tenant: 'acme',
    needs: ['tools'],
    limits: { latencyMs: 500 },
  });
  expect(request).toMatchObject({
    tenant: 'acme',
    needs: ['tools'],
    limits: { ...NO_LIMITS, latencyMs: 500 },
  });
});

import { StoreUnavailableError } from '@signalbox/spec';
import { describe, expect, it } from 'vitest';
import { classifyFailure } from './classify-failure.js';

const clickHouseError = (code: string, message = 'quotes a row: CANARY', type = 'SOME_NAME') =>
  Object.assign(new Error(message), { code, type });

describe('classifyFailure', () => {
  it.each([
    ['241', 'retryable'],
    ['243', 'retryable'],
    ['159', 'retryable'],
    ['395', 'retryable'],
    ['99999', 'retryable'],
    ['60', 'unavailable'],
    ['16', 'unavailable'],
    ['497', 'unavailable'],
    ['516', 'unavailable'],
    ['27', 'permanent'],
    ['407', 'permanent'],
    ['117', 'permanent'],
  ])('takes code %s for %s', (code, status) => {
    expect(classifyFailure(clickHouseError(code))).toEqual({
      status,
      reason: `ClickHouse answered with code ${code} (SOME_NAME)`,
      detail: `ClickHouse answered with code ${code} (SOME_NAME)`,
    });
  });

  it.each([
    ['Too many parts (3000). Merges are processing significantly slower than inserts', 'retryable'],
    ['Too many partitions for single INSERT block (more than 100)', 'permanent'],
  ])('tells the two meanings of code 252 apart: %s', (message, status) => {
    expect(classifyFailure(clickHouseError('252', message)).status).toBe(status);
  });

  it('takes a store that does not answer for unavailable and tells senders no address', () => {
    const error = new StoreUnavailableError({ url: 'http://10.1.2.3:8123', reason: 'refused' });
    const failure = classifyFailure(error);
    expect(failure).toMatchObject({ status: 'unavailable', reason: 'ClickHouse is not available' });
    expect(failure.detail).toContain('http://10.1.2.3:8123');
  });

  it('takes a number that no column holds for permanent', () => {
    expect(classifyFailure(new RangeError('Count: -1 is not a UInt64.')).status).toBe('permanent');
  });

  it.each([new Error('what?'), new DOMException('waited too long', 'TimeoutError'), 'text', undefined])(
    'takes anything else for retryable: %s',
    (error) => {
      expect(classifyFailure(error)).toMatchObject({
        status: 'retryable',
        reason: 'the rows were not stored',
      });
    },
  );
});

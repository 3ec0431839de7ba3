import { expect, it } from 'vitest';
import { createSpanLedger } from './span-ledger.js';

it('balances after every entry', () => {
  const ledger = createSpanLedger();
  ledger.end();
  ledger.end();
  ledger.end();
  ledger.accept(1);
  ledger.lose(1);
  expect(ledger.stats()).toEqual({ spansEnded: 3, spansAccepted: 1, spansLost: 1, spansPending: 1 });
});

it('is settled when nothing is pending, and not before', async () => {
  const ledger = createSpanLedger();
  await ledger.settled();
  ledger.end();
  let settled = false;
  const waiting = ledger.settled().then(() => {
    settled = true;
  });
  await Promise.resolve();
  expect(settled).toBe(false);
  ledger.lose(1);
  await waiting;
  expect(settled).toBe(true);
});

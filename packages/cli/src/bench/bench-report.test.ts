import { expect, it } from 'vitest';
import { atLeast, atMost, createBenchReport, describeBenchReport, inform } from './bench-report.js';

const reference = { name: 'nothing', figures: { seconds: 1 } };

it('is ok when every figure meets its target', () => {
  const figures = [atMost('lost', 0, 'rows', 0), atMost('start', 2, 's', 3)];
  expect(createBenchReport({ bench: 'x', reference, figures })).toMatchObject({
    bench: 'x',
    reference,
    ok: true,
  });
});

it('is not ok when one misses it, and the table says which', () => {
  const report = createBenchReport({ bench: 'x', reference, figures: [atMost('lost', 1, 'rows', 0)] });
  expect(report.ok).toBe(false);
  expect(report.figures).toEqual([{ name: 'lost', value: 1, unit: 'rows', target: '<= 0', ok: false }]);
  expect(describeBenchReport(report)).toMatch(/a target is missed[\s\S]*lost +1 +rows +<= 0 +MISSED/);
});

it('holds a figure to a lower limit, and one that informs to none', () => {
  const [ratio, rows] = [atLeast('ratio', 0.3, 'of the reference', 0.4), inform('rows', 7, 'rows')];
  expect([ratio.ok, ratio.target]).toEqual([false, '>= 0.4']);
  expect([rows.ok, rows.target]).toEqual([true, null]);
});

it('holds a figure that this system does not tell to nothing', () => {
  const report = createBenchReport({ bench: 'x', reference, figures: [atMost('rss', null, 'MiB', 350)] });
  expect(report.ok).toBe(true);
  expect(describeBenchReport(report)).toMatch(/rss +unknown +MiB +<= 350/);
});

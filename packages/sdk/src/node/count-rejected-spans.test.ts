import { diag } from '@opentelemetry/api';
import { InMemorySpanExporter } from '@opentelemetry/sdk-trace';
import { afterEach, expect, it, vi } from 'vitest';
import { countRejectedSpans } from './count-rejected-spans.js';

afterEach(() => diag.disable());

it('says so, and counts nothing, for an exporter whose responses it cannot see', () => {
  const warn = vi.fn();
  diag.setLogger({ warn, error: vi.fn(), info: vi.fn(), debug: vi.fn(), verbose: vi.fn() });
  expect(countRejectedSpans(new InMemorySpanExporter())()).toBe(0);
  expect(warn).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('partial successes'));
});

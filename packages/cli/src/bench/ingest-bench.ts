import type { Output } from '../output/output.js';
import { atLeast, atMost, type BenchReport, createBenchReport, inform } from './bench-report.js';
import { collectSpans } from './collect-spans.js';
import { measureDecoderRatio } from './decoder-ratio.js';
import { measureFloor } from './floor-seconds.js';
import { createGenAiRequests } from './genai-requests.js';
import { countStoredSpans } from './stored-spans.js';
import { withTemporaryStore } from './temporary-store.js';

type Options = { spans: number; signal: AbortSignal };

const MILLION = 1e6;

const quantile = (sorted: Float64Array, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

/**
 * `bench ingest`: spans of upstream calls in requests of 512, over OTLP/HTTP on this computer, through a collector of its
 * own process into an embedded ClickHouse with the whole schema, answered when they are on disk. Figures: spans a second
 * from the first request to the last committed row, the collector's CPU and memory, the time to an answer. The
 * reference, in the same run: ClickHouse taking the same blocks without a collector, and protobufjs making the same rows.
 */
export const benchIngest = (output: Output, { spans, signal }: Options): Promise<BenchReport> =>
  withTemporaryStore(async (store, clickhouse) => {
    output.note(`making ${spans} spans`);
    const requests = createGenAiRequests({ spans, serviceName: 'signalbox-bench', seed: 1 });
    const requestBytes = requests.reduce((sum, { byteLength }) => sum + byteLength, 0);
    output.note('decoding');
    const decoderRatio = measureDecoderRatio(requests);
    output.note('collecting');
    const collected = await collectSpans({ store, clickhouse, requests, spans, signal });
    const stored = await countStoredSpans(store);
    output.note('inserting without a collector');
    const onError = (error: unknown): void => output.warn(String(error));
    const floor = await measureFloor({ store, clickhouse, onError });

    const [perSecond, floorPerSecond] = [spans / collected.seconds, spans / floor.seconds];
    const blockBytes = floor.blocks.reduce((sum, { bytes }) => sum + bytes.byteLength, 0);
    const { cpuSeconds, ackMs } = collected;
    return createBenchReport({
      bench: 'ingest',
      reference: {
        name: 'the same blocks inserted directly',
        figures: { floor_spans_per_second: Math.round(floorPerSecond) },
      },
      figures: [
        inform('spans_per_second', Math.round(perSecond), '1/s'),
        inform('floor_spans_per_second', Math.round(floorPerSecond), '1/s'),
        atLeast('floor_ratio', perSecond / floorPerSecond, 'of the reference', 0.85),
        inform(
          'cpu_seconds_per_million_spans',
          cpuSeconds === null ? null : (cpuSeconds / spans) * MILLION,
          's',
        ),
        atLeast('decoder_ratio', decoderRatio, 'times', 3),
        inform('ack_p50_ms', quantile(ackMs, 0.5), 'ms'),
        inform('ack_p99_ms', quantile(ackMs, 0.99), 'ms'),
        atMost('rss_peak_mib', collected.rssPeakMib, 'MiB', 350),
        atMost('rss_idle_mib', collected.rssIdleMib, 'MiB', 120),
        atMost('spans_lost', spans - stored.spans, 'spans', 0),
        atMost('rows_duplicated', stored.rows - stored.spans, 'rows', 0),
        atMost('attempts_differing', Math.abs(stored.attempts - stored.spans), 'rows', 0),
        inform('bytes_per_span', requestBytes / spans, 'bytes'),
        inform('blocks', floor.blocks.length, 'inserts'),
        inform('block_bytes', blockBytes / floor.blocks.length, 'bytes'),
      ],
    });
  });

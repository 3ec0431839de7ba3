import type { ServiceDefinition } from '@grpc/grpc-js';
import type { Signal } from '../signal.js';

const SERVICES: Readonly<Record<Signal, string>> = {
  traces: 'opentelemetry.proto.collector.trace.v1.TraceService',
  metrics: 'opentelemetry.proto.collector.metrics.v1.MetricsService',
  logs: 'opentelemetry.proto.collector.logs.v1.LogsService',
};

const asItIs = (bytes: Buffer): Buffer => bytes;

/** The OTLP service of a signal, with its messages as bytes: the decoder is ours. */
export const exportServiceOf = (signal: Signal) =>
  ({
    Export: {
      path: `/${SERVICES[signal]}/Export`,
      requestStream: false,
      responseStream: false,
      requestSerialize: asItIs,
      requestDeserialize: asItIs,
      responseSerialize: asItIs,
      responseDeserialize: asItIs,
    },
  }) satisfies ServiceDefinition;

import type { Message } from '../otlp/field.js';
import { exportLogsRequest } from '../otlp/logs.js';
import { exportMetricsRequest } from '../otlp/metrics.js';
import { exportTraceRequest } from '../otlp/traces.js';
import type { Signal } from '../signal.js';

/** The request message of each signal. */
export const MESSAGES: Readonly<Record<Signal, Message>> = {
  traces: exportTraceRequest,
  metrics: exportMetricsRequest,
  logs: exportLogsRequest,
};

import type { StatementParams } from '../connection/statement-params.js';
import type { Decoders } from './decoders.js';

/** What one run of a query may cost. ClickHouse refuses or ends a run that goes beyond. */
export type QueryLimits = {
  /** Seconds. Default 20. */
  maxExecutionSeconds?: number;
  /** Bytes. Default 1 GiB. */
  maxMemoryBytes?: number;
  /** Rows of the result. Default 10000. */
  maxResultRows?: number;
};

/**
 * A query that the product runs. `sql` is a constant: values reach it only through `{name:Type}` placeholders.
 * The row type follows from `decode`, the parameter type from `bind`.
 */
export type NamedQuery<Params, Row> = {
  /** Unique, and visible as `log_comment` in `system.query_log`. */
  name: string;
  sql: string;
  /** Turns the caller's parameters into placeholder values. */
  bind: (params: Params) => StatementParams;
  /** One decoder for each column of the result, by its name. */
  decode: Decoders<Row>;
  limits?: QueryLimits;
};

import type { TableName } from '@signalbox/store';
import type { ByteWriter } from '../byte-writer.js';
import type { Message } from '../otlp/field.js';
import type { FieldIndex } from './field-index.js';

/** What is special about the data points of one kind of metric. */
export interface PointColumns {
  readonly table: TableName;
  /** The data point. Has `attributes`, `startTimeUnixNano`, `timeUnixNano` and `flags`, and mostly `exemplars`. */
  readonly message: Message;
  /** Why a point cannot be stored; `null` when it can. */
  fault(point: FieldIndex): string | null;
  /** Writes the columns between the flags and the exemplars. */
  write(out: ByteWriter, point: FieldIndex): void;
}

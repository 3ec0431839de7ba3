import type { DoneHead, PlanHead, RowsHead } from './heads.js';
import type { RECORD_TYPES } from './record.js';
import type { NewRecord } from './segment-writer.js';

type HeadByType = {
  [RECORD_TYPES.rows]: RowsHead;
  [RECORD_TYPES.plan]: PlanHead;
  [RECORD_TYPES.done]: DoneHead;
};

/** A record with this head and body. */
export const toRecord = <Type extends keyof HeadByType>(
  type: Type,
  head: HeadByType[Type],
  body: readonly Uint8Array[] = [],
): NewRecord => ({
  type,
  head: Buffer.from(JSON.stringify(head)),
  body,
  bodyBytes: body.reduce((sum, part) => sum + part.byteLength, 0),
});

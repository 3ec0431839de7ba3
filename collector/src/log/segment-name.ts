/** What the name of a segment's file says. */
export type SegmentName = {
  /** Counts up; never used again within an epoch. */
  readonly segment: number;
  /** The random UUID of the log that wrote it. */
  readonly epoch: string;
};

/** The name of a segment's file. The order of names is the order of segments. */
export const toSegmentName = ({ segment, epoch }: SegmentName): string =>
  `${String(segment).padStart(12, '0')}-${epoch}.segment`;

/** What a file's name says; `null` when it is no segment's. */
export const parseSegmentName = (file: string): SegmentName | null => {
  const [, digits, epoch] = /^(\d{12})-([0-9a-f-]{36})\.segment$/.exec(file) ?? [];
  return digits === undefined || epoch === undefined ? null : { segment: Number(digits), epoch };
};

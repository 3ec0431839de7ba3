/** Values for the `{name:Type}` placeholders of a statement. */
export type StatementParams = Readonly<Record<string, string | number | boolean | Date | null>>;

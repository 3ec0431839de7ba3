import { EmbeddedClickHouseError } from './embedded-clickhouse-error.js';

/** An option has a value that cannot be used. `option` is its path, such as `users.reader.name`. */
export class InvalidOptionError extends EmbeddedClickHouseError {
  readonly option: string;

  constructor({ option, value, allowed }: { option: string; value: unknown; allowed: string }) {
    super(
      'embedded-clickhouse-invalid-option',
      `Option ${option} is ${JSON.stringify(value)}. Give ${allowed}.`,
    );
    this.option = option;
  }
}

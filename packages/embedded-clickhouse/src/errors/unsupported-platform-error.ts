import { EmbeddedClickHouseError } from './embedded-clickhouse-error.js';

/** No ClickHouse library is built for this platform. */
export class UnsupportedPlatformError extends EmbeddedClickHouseError {
  readonly platform: string;
  readonly supported: readonly string[];

  constructor({ platform, supported }: { platform: string; supported: readonly string[] }) {
    super(
      'embedded-clickhouse-unsupported-platform',
      `The embedded ClickHouse does not run on ${platform}; it runs on ${supported.join(', ')}. Use a ClickHouse server of your own there.`,
    );
    this.platform = platform;
    this.supported = supported;
  }
}

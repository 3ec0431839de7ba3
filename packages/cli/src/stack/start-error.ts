import {
  PortTakenError,
  DirectoryUnusableError as UnusableDataDirectoryError,
} from '@signalbox/embedded-clickhouse';
import { AddressInUseError, DirectoryUnusableError } from '@signalbox/spec';

const PORT_CODES: ReadonlySet<unknown> = new Set(['address-in-use', 'simulator-port-taken']);

/** Returns why ClickHouse did not start in `directory`, with the option of the command line that helps. */
export const toClickHouseStartError = (error: unknown, directory: string): unknown => {
  if (error instanceof PortTakenError) {
    const { port } = error;
    return new AddressInUseError({ what: 'ClickHouse', port, option: '--clickhouse-port', cause: error });
  }
  if (error instanceof UnusableDataDirectoryError) {
    const { reason } = error;
    return new DirectoryUnusableError({ directory, reason, option: '--directory', cause: error });
  }
  return error;
};

/** Returns why a service did not start, with the option that changes its port. Of its other ports it tells itself. */
export const toServiceStartError = (
  error: unknown,
  { name, port, portOption }: { name: string; port: number; portOption: string },
): unknown =>
  error instanceof Error &&
  'code' in error &&
  PORT_CODES.has(error.code) &&
  !error.message.includes('OTLP/gRPC')
    ? new AddressInUseError({ what: `the ${name}`, port, option: portOption, cause: error })
    : error;

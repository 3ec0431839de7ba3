import { EmbeddedClickHouseError } from './embedded-clickhouse-error.js';

/** A port the server was told to listen on belongs to another program. */
export class PortTakenError extends EmbeddedClickHouseError {
  readonly port: number;

  constructor({ port }: { port: number }) {
    super(
      'embedded-clickhouse-port-taken',
      `Port ${port} on 127.0.0.1 is in use. Stop the program that uses it, choose another port, or leave the port out to get a free one.`,
    );
    this.port = port;
  }
}

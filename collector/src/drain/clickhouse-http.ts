import http from 'node:http';
import https from 'node:https';
import { sessionSettings } from '@signalbox/store';

/** Where ClickHouse is and whom to log in as: `clickhouse` of the configuration. */
export type ClickHouseLogin = {
  readonly url: string;
  readonly username: string;
  readonly password: string;
  readonly database: string;
  readonly cluster?: string | undefined;
};

/** One statement for ClickHouse. */
type HttpRequest = {
  readonly sql: string;
  /** Settings, query id and the like, as they stand in the address. */
  readonly params?: Readonly<Record<string, string | number | boolean>>;
  /** Sent with its length, so that a cut body is never taken for a whole one. Default: empty. */
  readonly body?: Uint8Array | readonly Uint8Array[];
  readonly contentType?: string;
  /** Milliseconds until the request is given up. What ClickHouse has done by then is unknown. */
  readonly timeoutMs: number;
  /** Ends the request, with the same uncertainty. */
  readonly signal?: AbortSignal | undefined;
  /** Bytes of the answer that are kept. Default 64 KiB. */
  readonly maxAnswerBytes?: number;
};

/** What ClickHouse answered. Success is status 200 without an exception code. */
export type HttpAnswer = {
  readonly status: number;
  /** `X-ClickHouse-Exception-Code`, which may stand beside status 200. */
  readonly exceptionCode: string | null;
  readonly body: Buffer;
};

/** A pool of kept connections to one ClickHouse. */
export type ClickHouseHttp = {
  /** Rejects when there is no whole answer: refused, reset, timed out, aborted. */
  send(request: HttpRequest): Promise<HttpAnswer>;
  /** Closes the idle connections. */
  close(): void;
};

const MAX_ANSWER_BYTES = 64 * 1024;

/**
 * Talks HTTP to ClickHouse with bytes that are ready to be sent. `@clickhouse/client` takes them as a stream only, which
 * costs half as much CPU again, and does not tell a refused insert that is answered with status 200.
 */
export const createClickHouseHttp = (login: ClickHouseLogin): ClickHouseHttp => {
  const { protocol, hostname, port, pathname } = new URL(login.url);
  const transport = protocol === 'https:' ? https : http;
  // Node ends idle connections before the time that ClickHouse names in its answers.
  const agent = new transport.Agent({ keepAlive: true });
  const session = { database: login.database, ...sessionSettings(login.cluster) };
  const headers = { 'x-clickhouse-user': login.username, 'x-clickhouse-key': login.password };

  return {
    send: ({ sql, params, body = [], contentType, timeoutMs, signal, maxAnswerBytes = MAX_ANSWER_BYTES }) => {
      const chunks = body instanceof Uint8Array ? [body] : body;
      const search = toSearch({ ...session, ...params, query: sql });
      const deadline = AbortSignal.timeout(timeoutMs);
      return new Promise((resolve, reject) => {
        const request = transport.request({
          agent,
          host: hostname.replace(/^\[|\]$/g, ''),
          port,
          method: 'POST',
          path: `${pathname}?${search}`,
          headers: {
            ...headers,
            'content-length': chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0),
            ...(contentType !== undefined && { 'content-type': contentType }),
          },
          signal: signal === undefined ? deadline : AbortSignal.any([signal, deadline]),
        });
        request.once('response', (response) => {
          readAnswer(response, maxAnswerBytes).then(resolve, reject);
        });
        request.once('error', (error) => {
          reject(deadline.aborted ? new Error(`no answer within ${timeoutMs} ms`, { cause: error }) : error);
        });
        for (const chunk of chunks) request.write(chunk);
        request.end();
      });
    },
    close: () => agent.destroy(),
  };
};

const toSearch = (params: Readonly<Record<string, unknown>>): URLSearchParams =>
  new URLSearchParams(Object.entries(params).map(([name, value]): [string, string] => [name, String(value)]));

// Read to its end even beyond the limit: the connection is used again.
const readAnswer = async (response: http.IncomingMessage, maxBytes: number): Promise<HttpAnswer> => {
  const kept: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    if (bytes < maxBytes) kept.push(chunk.subarray(0, maxBytes - bytes));
    bytes += chunk.length;
  }
  const code = response.headers['x-clickhouse-exception-code'];
  return {
    status: response.statusCode ?? 0,
    exceptionCode: code === undefined ? null : String(code),
    body: Buffer.concat(kept),
  };
};

import { type IncomingHttpHeaders, request } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** One HTTP request. `fetch` cannot send a GET with a body, nor hold a body back. */
export type Exchange = {
  url: string;
  method?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** Sends the body without saying how long it is. */
  chunked?: boolean;
};

export type Received = { status: number; headers: IncomingHttpHeaders; body: Buffer; json: unknown };

/** Sends a request and reads the whole answer. `json` is undefined where the answer is not JSON. */
export const exchange = ({ url, method = 'POST', headers = {}, body = '', chunked = false }: Exchange) =>
  new Promise<Received>((resolve, reject) => {
    const length = chunked ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const outgoing = request(url, { method, headers: { ...length, ...headers }, agent: false }, (response) => {
      buffer(response).then((received) => {
        const isJson = response.headers['content-type'] === 'application/json';
        const json = isJson ? (JSON.parse(received.toString()) as unknown) : undefined;
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: received, json });
      }, reject);
    });
    // The collector may answer and close before it has read everything; the answer counts.
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') reject(error);
    });
    outgoing.end(body);
  });

/** Posts OTLP/JSON. */
export const postJson = (url: string, body: unknown, headers: Record<string, string> = {}) =>
  exchange({
    url,
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

/** Posts OTLP/protobuf. */
export const postProtobuf = (url: string, body: Uint8Array, headers: Record<string, string> = {}) =>
  exchange({ url, headers: { 'content-type': 'application/x-protobuf', ...headers }, body });

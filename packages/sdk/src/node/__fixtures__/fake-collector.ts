import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

type Answer = { status: number; body?: Uint8Array; hang?: boolean; cut?: boolean };

/**
 * A real HTTP server that counts the spans of OTLP/protobuf requests which it answers with 200. `answers` are given in
 * order to the requests for traces, `logAnswers` to those for logs; then everything is accepted. May be stopped and started again on the same port.
 */
export const createFakeCollector = async ({ answers = [] as Answer[], logAnswers = [] as Answer[], port = 0 } = {}) => {
  const seen = { spans: 0, requests: 0, metricRequests: 0, logRecords: 0, logRequests: 0, encodings: new Set<string>(), headers: {} as IncomingMessage['headers'] };
  let server: Server | null = null;

  const answerTraces = (request: IncomingMessage, body: Buffer, response: ServerResponse) => {
    seen.requests += 1;
    seen.headers = request.headers;
    seen.encodings.add(String(request.headers['content-encoding']));
    const answer = answers.shift() ?? { status: 200 };
    if (answer.hang) return;
    if (answer.cut) return void request.socket.destroy();
    if (answer.status === 200) seen.spans += countRecords(gunzipSync(body));
    response.writeHead(answer.status, { 'content-type': 'application/x-protobuf' }).end(answer.body);
  };
  const start = async () => {
    const listening = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      if (request.url === '/v1/traces') return answerTraces(request, Buffer.concat(chunks), response);
      if (request.url === '/v1/logs') {
        seen.logRequests += 1;
        const { status } = logAnswers.shift() ?? { status: 200 };
        if (status === 200) seen.logRecords += countRecords(gunzipSync(Buffer.concat(chunks)));
        return void response.writeHead(status).end();
      }
      seen.metricRequests += 1;
      response.writeHead(200).end();
    });
    await new Promise<void>((resolve) => listening.listen(port, '127.0.0.1', resolve));
    port = (listening.address() as AddressInfo).port;
    server = listening;
  };
  const stop = async () => {
    const closing = server;
    if (!closing) return;
    server = null;
    closing.closeAllConnections();
    await new Promise((resolve) => closing.close(resolve));
  };

  await start();
  return { seen, url: `http://127.0.0.1:${port}`, start, stop };
};

/** `ExportTraceServiceResponse { partial_success { rejected_spans } }`, for counts below 128. */
export const partialSuccess = (rejectedSpans: number) => Uint8Array.of(0x0a, 0x02, 0x08, rejectedSpans);

// ExportTraceServiceRequest.resource_spans = 1, ResourceSpans.scope_spans = 2, ScopeSpans.spans = 2; logs likewise.
const countRecords = (body: Uint8Array): number =>
  [body]
    .flatMap((message) => fields(message, 1))
    .flatMap((message) => fields(message, 2))
    .flatMap((message) => fields(message, 2)).length;

/** The length-delimited fields of a protobuf message with this number. */
const fields = (message: Uint8Array, number: number): Uint8Array[] => {
  const found: Uint8Array[] = [];
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = message[at++] ?? 0;
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  };
  while (at < message.length) {
    const tag = varint();
    const wire = tag % 8;
    if (wire === 0) varint();
    else if (wire === 1) at += 8;
    else if (wire === 5) at += 4;
    else {
      const length = varint();
      if (tag >> 3 === number) found.push(message.subarray(at, at + length));
      at += length;
    }
  }
  return found;
};

import { Agent, type IncomingMessage, request } from 'node:http';

/** Where requests go, and how. */
export type SendOptions = {
  /** `http://<host>:<port>` of a collector. */
  url: string;
  requests: readonly Buffer[];
  /** Each sends its next request when the one before was answered. */
  connections: number;
  signal: AbortSignal;
};

/**
 * Sends trace requests over OTLP/HTTP as fast as they are answered. Resolves to the milliseconds that each answer took, in
 * ascending order. Rejects when one is refused.
 */
export const sendRequests = async (options: SendOptions): Promise<Float64Array> => {
  const { requests, connections } = options;
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const times = new Float64Array(requests.length);
  const left = requests.entries();
  const work = async (): Promise<void> => {
    for (const [index, body] of left) {
      const start = performance.now();
      await post(body, agent, options);
      times[index] = performance.now() - start;
    }
  };
  try {
    await Promise.all(Array.from({ length: connections }, work));
  } finally {
    agent.destroy();
  }
  return times.sort();
};

const post = (body: Buffer, agent: Agent, { url, signal }: SendOptions): Promise<void> =>
  new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/x-protobuf', 'content-length': body.byteLength };
    const outgoing = request(`${url}/v1/traces`, { agent, method: 'POST', headers, signal });
    outgoing.once('error', reject);
    outgoing.once('response', (answer) => {
      readAnswer(answer).then(resolve, reject);
    });
    outgoing.end(body);
  });

const readAnswer = async (answer: IncomingMessage): Promise<void> => {
  let bytes = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) bytes += chunk.length;
  // A body in a 200 would be a partial success: some items were refused.
  if (answer.statusCode === 200 && bytes === 0) return;
  throw new Error(`The collector answered ${answer.statusCode} with ${bytes} bytes to a benchmark request.`);
};

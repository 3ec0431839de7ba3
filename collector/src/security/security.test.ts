import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import { ChannelCredentials } from '@grpc/grpc-js';
import { ConfigInvalidError, parseConfig } from '@signalbox/spec';
import { describe, expect, it } from 'vitest';
import { encodeProtobuf } from '../__fixtures__/encode-protobuf.js';
import { exchange, postJson } from '../__fixtures__/exchange.js';
import { exportOverGrpc } from '../__fixtures__/export-over-grpc.js';
import { attributesJson, spanJson, tracesJson } from '../__fixtures__/requests.js';
import { startTestCollector } from '../__fixtures__/start-test-collector.js';
import { temporaryFolder } from '../__fixtures__/temporary-folder.js';
import { createTestCertificates } from '../__fixtures__/test-certificates.js';
import { exportTraceRequest } from '../otlp/traces.js';
import { createAuthenticate } from './authenticate.js';
import { readTokenDigests, sha256OfToken } from './read-token-digests.js';

const ACME = 'acme-token-0123456789';
const GLOBEX = 'globex-token-012345678';
const tokens = [
  { tenant: 'acme', token: ACME },
  { tenant: 'globex', sha256: sha256OfToken(GLOBEX).toString('hex').toUpperCase() },
];

describe('createAuthenticate', () => {
  const authenticate = createAuthenticate(readTokenDigests(tokens, {}));

  it.each([
    ['a token', [`Bearer ${ACME}`], 'acme'],
    ['the token of a digest', [`Bearer ${GLOBEX}`], 'globex'],
    ['another letter case of the scheme', [`bearer ${ACME}`], 'acme'],
    ['no header', [], null],
    ['an empty header', [''], null],
    ['the scheme alone', ['Bearer '], null],
    ['another scheme', [`Basic ${ACME}`], null],
    ['the token alone', [ACME], null],
    ['a longer token', [`Bearer ${ACME}0`], null],
    ['a shorter token', [`Bearer ${ACME.slice(0, -1)}`], null],
    ['two tokens', [`Bearer ${ACME} ${GLOBEX}`], null],
    ['two headers', [`Bearer ${ACME}`, `Bearer ${ACME}`], null],
    ['a huge header', [`Bearer ${'x'.repeat(5_000)}`], null],
    ['the digest', [`Bearer ${sha256OfToken(ACME).toString('hex')}`], null],
    ['SQL', ["Bearer ' OR 1=1 --"], null],
    ['a name of Object.prototype', ['Bearer __proto__'], null],
    ['bytes beyond ASCII', ['Bearer \xff\xfe\xe4'], null],
  ])('reads %s', (_what, headers, tenant) => {
    expect(authenticate(headers)?.tenant ?? null).toBe(tenant);
  });

  it('lets everybody in as no tenant where there are no tokens', () => {
    expect(createAuthenticate([])([])).toEqual({ tenant: null });
  });
});

describe('readTokenDigests', () => {
  it('names every variable that is missing or too short, and shared tokens', () => {
    const entries = [
      { tenant: 'a', tokenEnv: 'TOKEN_A' },
      { tenant: 'b', tokenEnv: 'TOKEN_B' },
      { tenant: 'c', tokenEnv: 'TOKEN_C' },
      { tenant: 'd', token: ACME },
    ];
    const read = () => readTokenDigests(entries, { TOKEN_B: 'short', TOKEN_C: ACME });
    expect(read).toThrow(ConfigInvalidError);
    expect(read).toThrow('collector.tokens[0].tokenEnv: the environment variable TOKEN_A is not set');
    expect(read).toThrow(
      'tokens[1].tokenEnv: the environment variable TOKEN_B holds fewer than 16 characters',
    );
    expect(read).toThrow('collector.tokens[3]: is the token of collector.tokens[2] too');
  });

  it('keeps a collector from starting', async () => {
    const attempt = startTestCollector({
      config: { tokens: [{ tenant: 'a', tokenEnv: 'TOKEN_A' }] },
      environment: {},
    });
    await expect(attempt).rejects.toThrow('the environment variable TOKEN_A is not set');
  });
});

describe('collector.host', () => {
  it.each(['0.0.0.0', '::', '192.0.2.1', 'example.com', '127.0.0.1.example.com'])(
    'may be %s with tokens only',
    (host) => {
      const parse = () => parseConfig({ collector: { host } });
      expect(parse).toThrow(
        `collector.host: "${host}" can be reached from other machines: add \`collector.tokens\``,
      );
      expect(parseConfig({ collector: { host, tokens } }).collector.host).toBe(host);
    },
  );

  it.each(['127.0.0.1', '127.1.2.3', 'localhost', '::1'])('may be %s without tokens', (host) => {
    expect(parseConfig({ collector: { host } }).collector.tokens).toEqual([]);
  });
});

describe('tokens', () => {
  it.each([
    { what: 'no token', headers: {}, status: 401 },
    { what: 'a wrong token', headers: { authorization: 'Bearer wrong' }, status: 401 },
    { what: 'a right token', headers: { authorization: `Bearer ${ACME}` }, status: 200 },
  ])('answer $what with $status over HTTP', async ({ headers, status }) => {
    const { collector, log } = await startTestCollector({ config: { tokens } });
    const answer = await postJson(`${collector.url}/v1/traces`, tracesJson([spanJson()]), headers);
    expect(answer.status).toBe(status);
    expect(log.entries).toHaveLength(status === 200 ? 1 : 0);
    if (status === 401) {
      expect(answer.json).toEqual({ code: 16, message: 'a known bearer token is needed' });
      expect(answer.headers['www-authenticate']).toBe('Bearer');
    }
  });

  it.each([
    { what: 'no token', authorization: {}, code: 16 },
    { what: 'a wrong token', authorization: { authorization: 'Bearer wrong' }, code: 16 },
    { what: 'a right token', authorization: { authorization: `Bearer ${GLOBEX}` }, code: 0 },
  ])('answer $what with $code over gRPC', async ({ authorization, code }) => {
    const { collector } = await startTestCollector({ config: { tokens, grpcPort: 0 } });
    const message = new Uint8Array();
    expect(await exportOverGrpc({ port: collector.grpcPort, message, ...authorization })).toMatchObject({
      code,
    });
    expect(collector.stats()).toMatchObject({ inFlight: 0, refused: code === 0 ? 0 : 1 });
  });

  it('name the tenant of what is stored, whatever it says itself', async () => {
    const { collector, log } = await startTestCollector({ config: { tokens, grpcPort: 0 } });
    const span = spanJson({ attributes: attributesJson({ 'signalbox.tenant': { stringValue: 'globex' } }) });
    await postJson(`${collector.url}/v1/traces`, tracesJson([span]), { authorization: `Bearer ${ACME}` });
    const message = encodeProtobuf(tracesJson([spanJson()]) as never, exportTraceRequest);
    await exportOverGrpc({ port: collector.grpcPort, message, authorization: `Bearer ${ACME}` });
    const tenants = log.rows('otel_traces').map(({ SpanAttributes }) => SpanAttributes);
    const acme = expect.arrayContaining([['signalbox.tenant', 'acme']]);
    expect(tenants).toEqual([acme, acme]);
    // The same bytes of another tenant are another request.
    await exportOverGrpc({ port: collector.grpcPort, message, authorization: `Bearer ${GLOBEX}` });
    expect(collector.stats()).toMatchObject({ requests: 3, repeated: 0, accepted: { traces: 3 } });
  });

  it('are asked for before the body is read', async () => {
    const { collector } = await startTestCollector({ config: { tokens } });
    const headers = { 'content-type': 'application/json', 'content-length': '1000000' };
    const answer = await exchange({ url: `${collector.url}/v1/traces`, headers, body: '{' });
    expect(answer).toMatchObject({ status: 401, headers: { connection: 'close' } });
  });

  it.each(['/healthz', '/readyz'])('are not asked for by %s', async (path) => {
    const { collector } = await startTestCollector({ config: { tokens } });
    expect((await exchange({ url: collector.url + path, method: 'GET' })).status).toBe(200);
  });
});

describe('TLS', () => {
  type Client = { cert: string; key: string };
  const getHealth = (url: string, options: Partial<Client> & { ca: string; maxVersion?: 'TLSv1.1' }) =>
    new Promise<string>((resolve, reject) => {
      const outgoing = request(`${url}/healthz`, { ...options, agent: false }, (answer) =>
        text(answer).then(resolve, reject),
      );
      outgoing.on('error', reject).end();
    });
  const credentialsOf = ({ ca, client }: { ca: string; client?: Client }): ChannelCredentials =>
    client === undefined
      ? ChannelCredentials.createSsl(Buffer.from(ca))
      : ChannelCredentials.createSsl(Buffer.from(ca), Buffer.from(client.key), Buffer.from(client.cert));

  it('is spoken on both ports', async () => {
    const { file, ca } = await createTestCertificates();
    const { collector } = await startTestCollector({
      config: { grpcPort: 0, tls: { certFile: file('server.pem'), keyFile: file('server.key') } },
    });
    expect(collector.url).toMatch(/^https:/);
    expect(await getHealth(collector.url, { ca })).toBe('{"status":"alive"}');
    const credentials = credentialsOf({ ca });
    const message = new Uint8Array();
    expect(await exportOverGrpc({ port: collector.grpcPort, message, credentials })).toMatchObject({
      code: 0,
    });
    await expect(exchange({ url: collector.url.replace('https', 'http') })).rejects.toThrow();
    expect(await exportOverGrpc({ port: collector.grpcPort, message })).toMatchObject({ code: 14 });
  });

  it('lets in senders with a certificate of the authority only, where one is given', async () => {
    const { file, ca, client, stranger } = await createTestCertificates();
    const { collector } = await startTestCollector({
      config: {
        grpcPort: 0,
        tls: { certFile: file('server.pem'), keyFile: file('server.key'), clientCaFile: file('ca.pem') },
      },
    });
    expect(await getHealth(collector.url, { ca, ...client })).toBe('{"status":"alive"}');
    await expect(getHealth(collector.url, { ca })).rejects.toThrow();
    await expect(getHealth(collector.url, { ca, ...stranger })).rejects.toThrow();
    const call = (credentials: ChannelCredentials) =>
      exportOverGrpc({ port: collector.grpcPort, message: new Uint8Array(), credentials });
    expect(await call(credentialsOf({ ca, client }))).toMatchObject({ code: 0 });
    expect(await call(credentialsOf({ ca }))).toMatchObject({ code: 14 });
    expect(await call(credentialsOf({ ca, client: stranger }))).toMatchObject({ code: 14 });
  });

  it('refuses files that are missing or do not fit, by field', async () => {
    const { file } = await createTestCertificates();
    const missing = `${temporaryFolder()}/missing.pem`;
    const start = (tls: { certFile: string; keyFile: string }) => startTestCollector({ config: { tls } });
    await expect(start({ certFile: missing, keyFile: file('server.key') })).rejects.toThrow(
      `collector.tls.certFile: ${missing} cannot be read: ENOENT`,
    );
    await expect(start({ certFile: file('ca.pem'), keyFile: file('server.key') })).rejects.toThrow(
      /collector\.tls: cannot be used: .*key values mismatch/,
    );
  });
});

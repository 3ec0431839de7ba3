import { describe, expect, it } from 'vitest';
import { encodeJson } from '../__fixtures__/encode-rows.js';
import { attributesJson, logsJson, spanJson, tracesJson } from '../__fixtures__/requests.js';
import { createRequestEncoder } from './create-request-encoder.js';

// Put together here, so that no scanner takes this file for a leak.
const OPENAI = `sk-${'proj-Ab1_'.repeat(5)}`;
const JWT = `eyJ${'hbGciOiJIUzI1NiJ9'}.eyJ${'zdWIiOiIxMjM0In0'}.${'dozjgNryP4J3jVmNHl0w5N'}`;
const AWS = `AKIA${'IOSFODNN7EXAMPLE'}`;
const GOOGLE = `AIza${'SyD4-a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5'}`;

const bodyOf = (stringValue: string) =>
  encodeJson('logs', logsJson([{ body: { stringValue } }])).rows[0]?.Body;

describe('a secret in a text', () => {
  it.each([
    ['a key of OpenAI', `key ${OPENAI}.`, 'key [redacted].'],
    ['a key in JSON', `{"key":"${OPENAI}"}`, '{"key":"[redacted]"}'],
    ['two keys', `${OPENAI} ${OPENAI}`, '[redacted] [redacted]'],
    ['a key of xAI', `xai-${'a1'.repeat(20)}`, '[redacted]'],
    ['a key of Groq', `gsk_${'a1'.repeat(20)}`, '[redacted]'],
    ['a token of GitHub', `ghp_${'a1'.repeat(18)}`, '[redacted]'],
    ['a token of Hugging Face', `hf_${'aB'.repeat(17)}`, '[redacted]'],
    ['a key of Google', GOOGLE, '[redacted]'],
    ['a JSON Web Token', `token=${JWT};`, 'token=[redacted];'],
    ['the id of an AWS key', `id ${AWS},`, 'id [redacted],'],
    ['the id of a temporary AWS key', `ASIA${AWS.slice(4)}`, '[redacted]'],
    ['a bearer token', 'Authorization: Bearer abc123def', 'Authorization: Bearer [redacted]'],
    ['a bearer token in lower case', 'bearer abcdefghijklmnopqrst', 'bearer [redacted]'],
    ['the login of a URL', 'postgres://user:pass@host/db', 'postgres://[redacted]@host/db'],
    ['the shortest login', 'http://a:b@c', 'http://[redacted]@c'],
    ['a key beside text that is not ASCII', `Schlüssel ${OPENAI}`, 'Schlüssel [redacted]'],
  ])('is replaced: %s', (_what, text, stored) => {
    expect(bodyOf(text)).toBe(stored);
  });

  it.each([
    'disk-usage-of-task-runner-12345678',
    'sk-learn',
    'sk-long-name-without-any-number',
    'the bearer of this letter',
    'bearer certificate expired',
    'https://example.com/@user?email=a@b.example',
    'eyJ is how base64 of JSON begins',
    'AKIA',
    'the chat with gpt-5-mini took 3 s',
  ])('is not seen in %j', (text) => {
    expect(bodyOf(text)).toBe(text);
  });

  it('is replaced wherever a text is stored', () => {
    const text = { stringValue: OPENAI };
    const span = spanJson({
      name: OPENAI,
      traceState: `a=${OPENAI}`,
      status: { code: 2, message: OPENAI },
      attributes: [
        { key: 'text', value: text },
        { key: 'array', value: { arrayValue: { values: [text] } } },
        { key: 'map', value: { kvlistValue: { values: [{ key: 'k', value: text }] } } },
      ],
      events: [{ name: OPENAI, attributes: [{ key: 'exception.message', value: text }] }],
      links: [{ traceState: OPENAI, attributes: [{ key: 'k', value: text }] }],
    });
    const resource = { attributes: attributesJson({ 'service.name': text }) };
    const body = Buffer.from(JSON.stringify(tracesJson([span], resource)));
    const result = createRequestEncoder()({ signal: 'traces', encoding: 'json', body, receivedAtMs: 0 });
    const bytes = Buffer.from(result.status === 'encoded' ? (result.sections[0]?.bytes ?? []) : []);
    expect(bytes.includes(OPENAI.slice(3))).toBe(false);
    expect(bytes.toString().split('[redacted]')).toHaveLength(13);
  });

  it('is replaced where the cut of a long text goes through it', () => {
    const text = 'x'.repeat(65_530) + ` ${OPENAI} `.repeat(2);
    expect(bodyOf(text)).toBe(`${'x'.repeat(65_530)} [reda…[cut, was ${text.length} bytes]`);
  });

  it.each(['sk-', 'eyJ', 'eyJa.', 'AKIA', 'Bearer ', '://', '://a', 'sk-a1'])(
    'is looked for in linear time among many beginnings: %s',
    (prefix) => {
      const text = prefix.repeat(Math.floor(60_000 / prefix.length));
      const before = process.cpuUsage();
      bodyOf(text);
      // A quadratic search takes minutes.
      expect(process.cpuUsage(before).user).toBeLessThan(5_000_000);
    },
  );
});

describe('an attribute that is configured to be redacted', () => {
  const redactedAttributes = ['user.email', 'größe'];
  const list = attributesJson({
    'user.email': { stringValue: 'a@b.example' },
    größe: { intValue: '5' },
    'user.name': {
      kvlistValue: { values: attributesJson({ 'user.email': { stringValue: 'a@b.example' }, n: {} }) },
    },
  });

  it('is kept without its value, at any depth', () => {
    const redacted = {
      'user.email': '[redacted]',
      größe: '[redacted]',
      'user.name': '{"n":null,"user.email":"[redacted]"}',
    };
    const record = { attributes: list, body: { kvlistValue: { values: list } } };
    const [row] = encodeJson('logs', logsJson([record], { attributes: list }), { redactedAttributes }).rows;
    expect(row).toMatchObject({ LogAttributes: redacted, ResourceAttributes: redacted });
    expect(row?.Body).not.toContain('b.example');
  });

  it('is so too where a key comes twice', () => {
    const attributes = [...list, ...list];
    const [row] = encodeJson('logs', logsJson([{ attributes }]), { redactedAttributes }).rows;
    expect(row?.LogAttributes).toMatchObject({ 'user.email': '[redacted]' });
  });

  it('is, unless configured, a header that carries a login', () => {
    const attributes = attributesJson({
      'http.request.header.authorization': {
        arrayValue: { values: [{ stringValue: 'Basic dXNlcjpwYXNz' }] },
      },
    });
    expect(encodeJson('logs', logsJson([{ attributes }])).rows[0]?.LogAttributes).toEqual({
      'http.request.header.authorization': '[redacted]',
    });
  });
});

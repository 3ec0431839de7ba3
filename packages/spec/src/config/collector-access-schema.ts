import { z } from 'zod';

const fileSchema = z.string().min(1);

const SHORTEST_TOKEN = 16;

/** One of `collector.tokens`. The token itself comes from one of three fields. */
export const tokenSchema = z
  .strictObject({
    tenant: z
      .string()
      .min(1)
      .describe('Tenant whose telemetry this token sends; it replaces what the sender says'),
    tokenEnv: z.string().min(1).optional().describe('Environment variable that holds the token'),
    sha256: z
      .string()
      .regex(/^[0-9a-fA-F]{64}$/, 'must be 64 hexadecimal digits')
      .optional()
      .describe('Instead: SHA-256 of the token, hexadecimal'),
    token: z
      .string()
      .min(SHORTEST_TOKEN)
      .optional()
      .describe(`Instead: the token itself, at least ${SHORTEST_TOKEN} characters; for tests`),
  })
  .superRefine(({ tokenEnv, sha256, token }, context) => {
    if ([tokenEnv, sha256, token].filter((value) => value !== undefined).length === 1) return;
    context.addIssue({ code: 'custom', message: 'needs one of `tokenEnv`, `sha256` and `token`' });
  });

/** `collector.tls`. */
export const tlsSchema = z.strictObject({
  certFile: fileSchema.describe('Certificate chain of the collector, PEM'),
  keyFile: fileSchema.describe('Private key of the certificate, PEM'),
  clientCaFile: fileSchema
    .optional()
    .describe('Authorities of client certificates, PEM; given, senders must show one (mTLS)'),
});

/** True for addresses that only this machine can reach. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);

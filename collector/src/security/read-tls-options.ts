import { readFileSync } from 'node:fs';
import { createSecureContext, type TlsOptions } from 'node:tls';
import { type CollectorConfig, ConfigInvalidError } from '@signalbox/spec';

type TlsConfig = NonNullable<CollectorConfig['tls']>;

const HANDSHAKE_TIMEOUT_MS = 10_000;

/**
 * What both listeners need for TLS 1.2 and later; with `clientCaFile`, only senders with a certificate of these
 * authorities get through the handshake. Throws ConfigInvalidError when a file cannot be read or used.
 */
export const readTlsOptions = ({ certFile, keyFile, clientCaFile }: TlsConfig): TlsOptions => {
  const cert = readPem('certFile', certFile);
  const key = readPem('keyFile', keyFile);
  const ca = clientCaFile === undefined ? undefined : readPem('clientCaFile', clientCaFile);
  try {
    createSecureContext({ cert, key, ...(ca && { ca }) });
  } catch (cause) {
    throw invalid('', `cannot be used: ${reasonOf(cause)}`);
  }
  return {
    cert,
    key,
    ...(ca && { ca, requestCert: true, rejectUnauthorized: true }),
    minVersion: 'TLSv1.2',
    handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
  };
};

const readPem = (field: keyof TlsConfig, file: string): Buffer => {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw invalid(`.${field}`, `${file} cannot be read: ${reasonOf(cause)}`);
  }
};

const invalid = (path: string, message: string): ConfigInvalidError =>
  new ConfigInvalidError({
    source: 'The configuration',
    issues: [{ path: `collector.tls${path}`, message }],
  });

const reasonOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

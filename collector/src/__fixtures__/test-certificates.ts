import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { temporaryFolder } from './temporary-folder.js';

/** PEM files of an authority, of a server that it vouches for, and of a sender; and of a sender that nobody vouches for. */
export type TestCertificates = {
  /** Path of a file in the folder: `ca.pem`, `server.pem`, `server.key`. */
  file(name: string): string;
  ca: string;
  client: { cert: string; key: string };
  stranger: { cert: string; key: string };
};

/** Makes certificates that end with the test. */
export const createTestCertificates = async (): Promise<TestCertificates> => {
  const folder = temporaryFolder();
  const ca = await generate([{ name: 'commonName', value: 'authority' }], {
    ...EC,
    extensions: [{ name: 'basicConstraints', cA: true, critical: true }],
  });
  const signed = (name: string) =>
    generate([{ name: 'commonName', value: name }], {
      ...EC,
      ca: { key: ca.private, cert: ca.cert },
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
    });
  const [server, client, stranger] = await Promise.all([
    signed('collector'),
    signed('sender'),
    generate([{ name: 'commonName', value: 'stranger' }], EC),
  ]);
  const file = (name: string): string => join(folder, name);
  writeFileSync(file('ca.pem'), ca.cert);
  writeFileSync(file('server.pem'), server.cert);
  writeFileSync(file('server.key'), server.private);
  return {
    file,
    ca: ca.cert,
    client: { cert: client.cert, key: client.private },
    stranger: { cert: stranger.cert, key: stranger.private },
  };
};

// Made in milliseconds, unlike RSA keys.
const EC = { keyType: 'ec', algorithm: 'sha256' } as const;

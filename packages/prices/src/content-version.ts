import { createHash } from 'node:crypto';

/** `sha256:` and the first 12 hex digits of the hash of the JSON. The order of keys matters, so give parsed content. */
export const contentVersion = (content: unknown): string =>
  `sha256:${createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 12)}`;

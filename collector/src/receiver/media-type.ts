import type { Encoding } from '../encode/create-request-encoder.js';

/** The media type of each encoding, as the response names it. */
export const MEDIA_TYPES: Readonly<Record<Encoding, string>> = {
  json: 'application/json',
  protobuf: 'application/x-protobuf',
};

/** Reads a Content-Type header: parameters and letter case do not matter. `null` for anything that is not OTLP. */
export const parseMediaType = (header: string | undefined): Encoding | null => {
  const type = header?.split(';', 1)[0]?.trim().toLowerCase();
  if (type === MEDIA_TYPES.json) return 'json';
  return type === MEDIA_TYPES.protobuf ? 'protobuf' : null;
};

import type { Policy } from '@signalbox/spec';
import type { Store } from '../connection/store.js';
import { recordedVersions } from './recorded-versions.js';

/** Whether a policy was there already. */
export type PolicyRecording = { version: string; added: boolean };

// ClickHouse takes parameters of 128 KiB, and all of them as an address of 1 MiB; most characters of JSON take three.
const PIECE_CHARACTERS = 32_768;
const MAX_PIECES = 8;

const piecesOf = (text: string): string[] =>
  Array.from({ length: MAX_PIECES }, (_, at) =>
    text.slice(at * PIECE_CHARACTERS, (at + 1) * PIECE_CHARACTERS),
  );

const INSERT = `
  INSERT INTO policies_raw (version, name, document, recorded_by)
  SELECT {version:String}, {name:String}, concat(${piecesOf('')
    .map((_, at) => `{piece${at}:String}`)
    .join(', ')}), {by:String}`;

/**
 * Writes a policy to `policies`, unless its version is there. `by` says who recorded it.
 * @throws RangeError for a policy whose JSON has more than 262,144 characters.
 */
export async function recordPolicy(store: Store, policy: Policy, by: string): Promise<PolicyRecording> {
  const { version, name } = policy;
  const [known] = await recordedVersions(store, version);
  if (known?.version === version) return { version, added: false };
  const document = JSON.stringify(policy);
  if (document.length > PIECE_CHARACTERS * MAX_PIECES) {
    const most = PIECE_CHARACTERS * MAX_PIECES;
    throw new RangeError(
      `Policy "${name}" takes ${document.length} characters, at most ${most} can be recorded. Split its targets over several policies.`,
    );
  }
  const pieces = Object.fromEntries(piecesOf(document).map((piece, at) => [`piece${at}`, piece]));
  await store.command(INSERT, { version, name, by, ...pieces });
  return { version, added: true };
}

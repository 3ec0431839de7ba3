import type { IncomingHttpHeaders } from 'node:http';
import type { Fault } from '../incidents/fault.js';
import { parseFault } from '../incidents/parse-fault.js';
import { MAX_OUTPUT_TOKENS } from '../model/plan-answer.js';
import { type ApiFailure, invalidRequest } from './api-failure.js';

/** The longest `x-simulator-key`, in characters. */
const MAX_KEY_CHARACTERS = 256;

/** What a request tells the simulator, aside from the model. */
export type SimulatorHeaders = {
  /** `x-simulator-key`: the identity of the request for its draws. */
  key: string | undefined;
  /** `x-simulator-output-tokens`: the exact length of the answer; null draws it. */
  outputTokens: number | null;
  /** `x-simulator-fault`: a fault for this request alone; null for none. */
  fault: Fault | null;
};

/** Returns the headers, or a 400 that names the bad one. */
export function readSimulatorHeaders(
  headers: IncomingHttpHeaders,
): { headers: SimulatorHeaders } | { failure: ApiFailure } {
  const key = headers['x-simulator-key']?.toString();
  if (key !== undefined && key.length > MAX_KEY_CHARACTERS) {
    return badHeader('x-simulator-key', `It has ${key.length} characters. Keep it to ${MAX_KEY_CHARACTERS}.`);
  }
  const tokensText = headers['x-simulator-output-tokens']?.toString();
  const outputTokens = tokensText === undefined ? null : Number(tokensText);
  if (outputTokens !== null && !isOutputTokens(tokensText, outputTokens)) {
    const details = `'${tokensText}' is not a whole number from 0 to ${MAX_OUTPUT_TOKENS}.`;
    return badHeader('x-simulator-output-tokens', details);
  }
  const faultText = headers['x-simulator-fault']?.toString();
  const parsed = faultText === undefined ? { fault: null } : parseFault(faultText);
  if ('problem' in parsed) return badHeader('x-simulator-fault', parsed.problem);
  return { headers: { key, outputTokens, fault: parsed.fault } };
}

function isOutputTokens(text: string | undefined, value: number): boolean {
  return /^\d+$/.test(text ?? '') && value <= MAX_OUTPUT_TOKENS;
}

function badHeader(name: string, details: string): { failure: ApiFailure } {
  return { failure: invalidRequest(`Header ${name}: ${details}`, name, 'invalid_value') };
}

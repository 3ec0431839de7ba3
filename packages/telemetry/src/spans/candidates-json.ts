import type { Candidate, TargetSignals } from '@signalbox/spec';
import { roundTo } from '../round-to.js';

/**
 * The candidates as the JSON text of `signalbox.candidates`: an array in the order of the decision. Provider and model
 * are left out, because the target id names them, and so is what is unknown. Written by hand, because this is done for
 * every request: `JSON.stringify` of the same content takes about twice as long.
 */
export const toCandidatesJson = (candidates: readonly Candidate[]): string => {
  let json = '[';
  for (const candidate of candidates) json += (json.length > 1 ? ',' : '') + toJson(candidate);
  return `${json}]`;
};

const toJson = (candidate: Candidate): string => {
  const { target, eligible, excluded, score, estimatedCostNanoUsd, estimatedLatencyMs } = candidate;
  let json = `{"target":${quote(target)},"eligible":${eligible}`;
  if (excluded) json += `,"excluded":{"reason":"${excluded.reason}","detail":${quote(excluded.detail)}}`;
  if (score !== null) json += `,"score":${roundTo(score, 4)}`;
  json += `,"probability":${roundTo(candidate.probability, 9)}`;
  json += `,"terms":{${numbers(candidate.terms)}}`;
  if (candidate.signals) json += `,"signals":{${signalsJson(candidate.signals)}}`;
  if (estimatedCostNanoUsd !== null) json += `,"estimatedCostNanoUsd":${estimatedCostNanoUsd}`;
  if (estimatedLatencyMs !== null) json += `,"estimatedLatencyMs":${estimatedLatencyMs}`;
  return `${json}}`;
};

const signalsJson = ({ circuit, health, ...measured }: TargetSignals): string => {
  const known = numbers(measured);
  return `${known}${known === '' ? '' : ','}"circuit":"${circuit}"${health ? `,"health":"${health}"` : ''}`;
};

/** The members of an object of numbers; those that are unknown are left out. */
const numbers = (values: Readonly<Record<string, number | null | undefined>>): string => {
  let json = '';
  for (const name in values) {
    const value = values[name];
    if (value !== null && value !== undefined) json += `${json === '' ? '' : ','}${quote(name)}:${value}`;
  }
  return json;
};

const PLAIN = /^[\w ./:@,()-]*$/;

const quote = (text: string): string => (PLAIN.test(text) ? `"${text}"` : JSON.stringify(text));

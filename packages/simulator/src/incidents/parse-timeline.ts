import { parseDocument } from 'yaml';
import { z } from 'zod';
import { describeIssues } from '../describe-issues.js';
import { refuseUnknownKeys } from '../refuse-unknown-keys.js';
import { SimulatorError } from '../simulator-error.js';
import { type Incident, timelineIncidentSchema, toIncident } from './incident.js';

/** The largest timeline accepted, in characters. */
const MAX_TIMELINE_CHARACTERS = 1_000_000;

const timelineSchema = z.strictObject(
  { incidents: z.array(timelineIncidentSchema).max(1_000) },
  { error: refuseUnknownKeys(['incidents']) },
);

/**
 * Returns the incidents of a timeline written in YAML or JSON: `{ incidents: [{ at, for, model, kind, ... }] }`.
 * `source` (a file name) begins the message of the error. Throws a SimulatorError `simulator-invalid-timeline`
 * that names, one line each, every bad field by its path with the allowed values, or the line of bad syntax.
 */
export function parseTimeline(text: string, source: string): Incident[] {
  const parsed = timelineSchema.safeParse(readYaml(text, source), { reportInput: true });
  if (!parsed.success)
    throw invalidTimeline(source, describeIssues(parsed.error, 'the timeline'), parsed.error);
  return parsed.data.incidents.map((input, index) => toIncident(input, `timeline-${index + 1}`, 0));
}

function readYaml(text: string, source: string): unknown {
  if (text.length > MAX_TIMELINE_CHARACTERS) {
    throw invalidTimeline(
      source,
      `It has ${text.length} characters. Keep it under ${MAX_TIMELINE_CHARACTERS}.`,
    );
  }
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error) throw invalidTimeline(source, error.message, error);
  try {
    return document.toJS();
  } catch (cause) {
    // Too many or unknown aliases show only when the document is turned into values.
    throw invalidTimeline(source, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

function invalidTimeline(source: string, details: string, cause?: unknown): SimulatorError {
  const message = `The timeline ${source} is not valid:\n${details}`;
  return new SimulatorError('simulator-invalid-timeline', message, { cause });
}

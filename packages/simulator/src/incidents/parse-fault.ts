import { z } from 'zod';
import { describeIssues } from '../describe-issues.js';
import { refuseUnknownKeys } from '../refuse-unknown-keys.js';
import { FAULT_PARAMETERS, type Fault } from './fault.js';

const faultSchema = z.discriminatedUnion('kind', [
  faultOf('outage'),
  faultOf('latency'),
  faultOf('rate-limit'),
  faultOf('cut-stream'),
  faultOf('hang'),
]);

function faultOf<Kind extends Fault['kind']>(kind: Kind) {
  const fields = { kind: z.literal(kind), ...FAULT_PARAMETERS[kind] };
  return z.strictObject(fields, { error: refuseUnknownKeys(Object.keys(FAULT_PARAMETERS[kind])) });
}

/**
 * Returns the fault of a header `x-simulator-fault`: a kind with optional parameters
 * (`outage`, `latency; factor=5`, `cut-stream; afterTokens=3`), or what is wrong with it.
 */
export function parseFault(header: string): { fault: Fault } | { problem: string } {
  const [kind = '', ...parameters] = header.split(';').map((part) => part.trim());
  const fields: Record<string, unknown> = { kind };
  for (const parameter of parameters) {
    const [name = '', value = ''] = parameter.split('=').map((part) => part.trim());
    fields[name] = value === '' ? value : Number(value);
  }
  const parsed = faultSchema.safeParse(fields, { reportInput: true });
  return parsed.success
    ? { fault: parsed.data }
    : { problem: describeIssues(parsed.error, 'x-simulator-fault') };
}

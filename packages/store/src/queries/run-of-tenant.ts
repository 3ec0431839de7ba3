import type { StatementParams } from '../connection/statement-params.js';
import { bindTenant, type OfTenant, ofTenant } from './tenant-scope.js';

/** One run of one process (`service.instance.id`), as far as it was for the tenant. */
export type RunOfTenant = OfTenant & { serviceInstanceId: string };

/** A run whose requests began at that moment or later: a run that began then, or the last part of one. */
export type RunSince = RunOfTenant & { since: Date };

/** SQL that reads the distinct decisions of a run; the placeholders come from `bindRun`. */
export const RUN_DECISIONS = `FROM decisions
    WHERE ${ofTenant('tenant')}
      AND timestamp >= {since:DateTime64(3, 'UTC')} AND service_instance_id = {serviceInstanceId:String}`;

/** Placeholder values for the SQL of `RUN_DECISIONS`. */
export const bindRun = ({ serviceInstanceId, since, tenant }: RunSince): StatementParams => ({
  serviceInstanceId,
  since,
  ...bindTenant({ tenant }),
});

import type { PricedModel } from '@signalbox/spec';
import type { Store } from '../connection/store.js';
import { text } from '../queries/decoders.js';
import type { NamedQuery } from '../queries/named-query.js';

const MAX_MODELS = 1000;

// Prices that somebody configured are not looked up in the catalogue: they would be overwritten.
const observed: NamedQuery<{ limit: number }, PricedModel> = {
  name: 'observedModels',
  sql: `
    SELECT toString(provider) AS provider, toString(model) AS model
    FROM llm_calls_raw
    WHERE timestamp >= now() - toIntervalDay(30) AND provider IS NOT NULL AND model IS NOT NULL
      AND (ifNull(provider, ''), ifNull(model, '')) NOT IN (
        SELECT provider, model FROM model_price_periods(known_at = now64(3) + toIntervalDay(1))
        WHERE source IN ('override', 'config')
      )
    GROUP BY provider, model
    ORDER BY count() DESC
    LIMIT {limit:UInt32}`,
  bind: (params) => params,
  decode: { provider: text, model: text },
};

/**
 * The models of `llm_calls` of the last 30 days whose price nobody configured, the busiest first, at most 1000: what a
 * price book should know beside the targets of a configuration.
 */
export async function observedModels(store: Store): Promise<PricedModel[]> {
  return store.query(observed, { limit: MAX_MODELS });
}

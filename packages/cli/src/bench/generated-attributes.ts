import { column, hex, PROCESSES, ROUTES } from './generated-population.js';

const attributes = (pairs: Readonly<Record<string, string>>): string =>
  `mapFilter((key, value) -> value != '', map(${Object.entries(pairs)
    .map(([name, sql]) => `'${name}', ${sql}`)
    .join(', ')}))`;

/** SQL for the attributes of a route span, over the names that `insertGeneratedSpans` defines. */
export const ROUTE_ATTRIBUTES = attributes({
  'signalbox.decision.id': 'decision_id',
  'signalbox.decision.sequence': `toString(intDiv(n, ${PROCESSES}) + 1)`,
  'signalbox.policy.name': "'starter'",
  'signalbox.policy.version': "'fc3de414e45efb30'",
  'signalbox.prompt.characters': 'toString(characters)',
  'signalbox.source': "['web', 'report-job', 'ide', 'support-desk'][1 + cityHash64(n, seed, 30) % 4]",
  'signalbox.tenant': "'bench'",
  'user.id': "concat('user-', toString(toUInt32(200 * pow(u_user, 1.5))))",
  'signalbox.strategy': "'balanced'",
  'signalbox.route': `${column(ROUTES, 0)}[route]`,
  'signalbox.route.patterns': "'[]'",
  'signalbox.task.type': 'task',
  'signalbox.task.complexity':
    "multiIf(complexity < 0.2, 'simple', complexity < 0.4, 'moderate', complexity < 0.65, 'complex', 'expert')",
  'signalbox.task.complexity_score': 'toString(complexity)',
  'signalbox.prompt.tokens_estimated': 'toString(prompt_tokens)',
  'signalbox.answer.tokens_expected': 'toString(answer)',
  'signalbox.candidates': 'candidates',
  'signalbox.selected.target': 'ids[selected]',
  'signalbox.selected.model': 'models[selected]',
  'signalbox.selected.provider': 'providers[selected]',
  'signalbox.propensity': 'toString(if(explored, other_probability, best_probability))',
  'signalbox.explored': "if(explored, 'true', 'false')",
  'signalbox.draw': 'toString(cityHash64(n, seed, 12) % 1000000000)',
  'signalbox.confidence':
    'toString(round((scores[best] - scores[order[2]]) / (scores[best] - scores[order[2]] + 0.05), 4))',
  'signalbox.override': "if(overridden, 'true', 'false')",
  'signalbox.override.target': "if(overridden, ids[best], '')",
  'signalbox.decide.duration_us': 'toString(round(decide_ms * 1000, 1))',
  'signalbox.estimated.cost_nano_usd': 'toString(costs[selected])',
  'signalbox.estimated.latency_ms': 'toString(latencies[selected])',
  'signalbox.outcome': "if(failed, 'failed', 'succeeded')",
  'error.type': "if(failed, 'timeout', '')",
  'signalbox.attempts': 'toString(attempts)',
  'signalbox.served.target': "if(failed, '', ids[served])",
  'signalbox.served.model': "if(failed, '', models[served])",
  'signalbox.served.provider': "if(failed, '', providers[served])",
  'signalbox.tokens.input': "if(failed, '', toString(input))",
  'signalbox.tokens.output': "if(failed, '', toString(output))",
  'signalbox.tokens.cache_read': "if(failed, '', toString(cached))",
  'signalbox.tokens.reasoning': "if(failed, '', toString(reasoning))",
  'signalbox.cost.nano_usd': "if(failed, '', toString(cost))",
  'signalbox.cost.source': "if(failed, '', 'config')",
  'signalbox.price.version': "if(failed, '', 'sha256:b6a7f3c49867')",
  'signalbox.time_to_first_chunk_ms': "if(failed, '', toString(round(first_chunk_ms, 1)))",
});

/** SQL for the attributes of an attempt span. */
export const ATTEMPT_ATTRIBUTES = attributes({
  'gen_ai.operation.name': "'chat'",
  'gen_ai.provider.name':
    "transform(providers[target], ['google', 'mistral'], ['gcp.gemini', 'mistral_ai'], providers[target])",
  'gen_ai.request.model': 'models[target]',
  'gen_ai.request.stream': "'true'",
  'signalbox.decision.id': 'decision_id',
  'signalbox.tenant': "'bench'",
  'signalbox.attempt.number': 'toString(attempt)',
  'signalbox.attempt.cause': "if(attempt = 1, 'first', 'fallback')",
  'signalbox.attempt.target': 'ids[target]',
  'signalbox.outcome': "if(lost, 'failed', 'succeeded')",
  'error.type': "if(lost, 'timeout', '')",
  'gen_ai.response.id': `if(lost, '', concat('chatcmpl-', ${hex(32, 'n', 43, 'attempt')}))`,
  'gen_ai.response.model': "if(lost, '', models[target])",
  'gen_ai.response.finish_reasons': `if(lost, '', '["stop"]')`,
  'gen_ai.response.time_to_first_chunk': "if(lost, '', toString(round((first_chunk_ms - 0.3) / 1000, 4)))",
  'gen_ai.usage.input_tokens': "if(lost, '', toString(input))",
  'gen_ai.usage.output_tokens': "if(lost, '', toString(output))",
  'gen_ai.usage.cache_read.input_tokens': "if(lost, '', toString(cached))",
  'gen_ai.usage.reasoning.output_tokens': "if(lost, '', toString(reasoning))",
  'signalbox.attempt.cost_nano_usd': "if(lost, '', toString(cost))",
  'signalbox.cost.source': "if(lost, '', 'config')",
  'signalbox.price.version': "if(lost, '', 'sha256:b6a7f3c49867')",
});

/**
 * SQL for the JSON text of each candidate, in the order of the targets. It goes over arrays side by side: a lambda that
 * looks into arrays of the decision would copy them for every candidate.
 */
export const CANDIDATES_JSON = `arrayMap(
  (k, id, score, cost, latency, cost_term, latency_term, quality_term, reliability_term, first_chunk, speed, success_rate) -> concat(
    '{"target":"', id, '","eligible":', if(k = excluded, 'false', 'true'),
    if(k = excluded, concat(',"excluded":{"reason":"over-budget","detail":"expected ', toString(cost), ' nano-USD, limit ', toString(intDiv(cost, 2)), ' nano-USD"}'), concat(',"score":', toString(score))),
    ',"probability":', multiIf(k = excluded, '0', k = best, toString(best_probability), toString(other_probability)),
    ',"terms":{', if(k = excluded, '', concat(
      '"cost":', toString(cost_term), ',"latency":', toString(latency_term), ',"quality":', toString(quality_term),
      ',"reliability":', toString(reliability_term), if(k = preferred, ',"preference":0.25', ''))),
    '},"signals":{"firstChunkMs":', toString(first_chunk), ',"tokensPerSecond":', toString(speed),
    ',"successRate":', toString(success_rate), ',"circuit":"closed"}',
    ',"estimatedCostNanoUsd":', toString(cost), ',"estimatedLatencyMs":', toString(latency), '}'),
  keys, ids, scores, costs, latencies, cost_terms, latency_terms, quality_terms, reliability_terms, first_chunks, speeds, success_rates)`;

/** SQL that adds feedback to one decision in fifty of those stored: two in three a rating, the others a correction. */
export const insertGeneratedFeedback = `
INSERT INTO otel_logs (Timestamp, ServiceName, ScopeName, EventName, LogAttributes, received_at)
WITH
  cityHash64(decision_id) AS random,
  if(random % 3 > 0,
    map('gen_ai.evaluation.name', 'satisfaction', 'gen_ai.evaluation.score.value', toString(intDiv(random, 64) % 11 / 10)),
    map('gen_ai.evaluation.name', 'accuracy', 'gen_ai.evaluation.score.label', if(random % 4 = 0, 'inaccurate', 'accurate'))
  ) AS said
SELECT
  timestamp + toIntervalSecond(30), 'signalbox-bench', 'signalbox', 'gen_ai.evaluation.result',
  mapUpdate(map('signalbox.decision.id', decision_id, 'signalbox.tenant', tenant, 'user.id', ifNull(user_id, '')), said),
  received_at
FROM decisions_raw
WHERE random % 50 = 0`;

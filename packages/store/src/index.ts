// The one owner of the ClickHouse schema: what is written (rows), how it is laid out (../migrations), what is asked
// (queries). Start with ../migrations/0001-otel-traces.sql, then connection/store.ts, the interface that everything
// else in the project uses.
export { createTenantReader, type TenantReader } from './access/create-tenant-reader.js';
export { tenantRowFilters } from './access/tenant-row-filters.js';
export { createStore } from './connection/create-store.js';
export type { NodeOptions } from './connection/every-node.js';
export { INSERT_SETTINGS, NEWER_INSERT_SETTINGS } from './connection/insert-settings.js';
export { sessionSettings } from './connection/session-settings.js';
export type { StatementParams } from './connection/statement-params.js';
export type { Store, StoreOptions } from './connection/store.js';
export type { CallOptions } from './connection/with-deadline.js';
export { type EraseOptions, type ErasureReceipt, eraseSubject } from './erasure/erase-subject.js';
export { type ErasureHashes, erasureHashes } from './erasure/erasure-hashes.js';
export { type ExportedRow, exportSubject } from './erasure/export-subject.js';
export { type HeldRows, heldRows } from './erasure/held-rows.js';
export {
  type ErasedSweeper,
  type KeepErasedAwayOptions,
  keepErasedAway,
} from './erasure/keep-erased-away.js';
export type { Subject } from './erasure/subject.js';
export { type SweepOptions, type SweepResult, sweepErased } from './erasure/sweep-erased.js';
export { type MigrateOptions, type MigrationResult, migrate } from './migrations/migrate.js';
export type { LockOptions } from './migrations/migration-lock.js';
export { type MigrationStatus, migrationStatus } from './migrations/migration-status.js';
export { type PolicyRecording, recordPolicy } from './policies/record-policy.js';
export { type PolicySummary, recordedPolicies } from './policies/recorded-policies.js';
export { recordedVersions, type StoredPolicy } from './policies/recorded-versions.js';
export { observedModels } from './prices/observed-models.js';
export { type RepriceOptions, type Repricing, reprice } from './prices/reprice.js';
export type { RepriceSummary } from './prices/reprice-summary.js';
export { type PriceSync, syncPrices } from './prices/sync-prices.js';
export { attemptsByTarget, type TargetAttempts } from './queries/attempts-by-target.js';
export { attemptsOfDecision, type StoredAttempt } from './queries/attempts-of-decision.js';
export { type DataFreshness, dataFreshness } from './queries/data-freshness.js';
export { type DecisionByIdParams, decisionById } from './queries/decision-by-id.js';
export type { DecisionRange } from './queries/decision-range.js';
export { type ErrorCount, errorsByType } from './queries/errors-by-type.js';
export { feedbackByModel, type ModelFeedback } from './queries/feedback-by-model.js';
export { feedbackOfDecision, type StoredFeedback } from './queries/feedback-of-decision.js';
export { type HeatMapCell, latencyHeatMap } from './queries/latency-heat-map.js';
export { modelsOfUser, type UserModel } from './queries/models-of-user.js';
export type { NamedQuery, QueryLimits } from './queries/named-query.js';
export {
  type DecisionSummary,
  type RecentDecisionsParams,
  recentDecisions,
} from './queries/recent-decisions.js';
export { reconcileRun, type StoredRun } from './queries/reconcile-run.js';
export type { RollupRange } from './queries/rollup-range.js';
export type { RunOfTenant, RunSince } from './queries/run-of-tenant.js';
export { type RunSummary, runSummary } from './queries/run-summary.js';
export { type RunTarget, runTargets } from './queries/run-targets.js';
export { type Spend, type SpendOverTimeParams, spendOverTime } from './queries/spend-over-time.js';
export type { StoredCandidate } from './queries/stored-candidate.js';
export type { StoredDecision } from './queries/stored-decision.js';
export { ALL_TENANTS, type OfTenant, type TenantQuery, type TenantScope } from './queries/tenant-scope.js';
export { type TimelineBucket, timeline } from './queries/timeline.js';
export { trafficSummary } from './queries/traffic-summary.js';
export type { Usage } from './queries/usage.js';
export { type ModelUsage, usageByModel } from './queries/usage-by-model.js';
export { type RouteUsage, usageByRoute } from './queries/usage-by-route.js';
export { type StrategyUsage, usageByStrategy } from './queries/usage-by-strategy.js';
export { type TaskUsage, usageByTask } from './queries/usage-by-task.js';
export { type TenantUsage, usageByTenant } from './queries/usage-by-tenant.js';
export { type UsageByUserParams, type UserUsage, usageByUser } from './queries/usage-by-user.js';
export { type HourUsage, usagePatterns } from './queries/usage-patterns.js';
export type { CandidateColumns, DecisionBlock, Dictionary, MaybeNumbers } from './replay/decision-block.js';
export { type DecisionPart, decisionParts } from './replay/decision-parts.js';
export { decisionRecords, type ReplayRecord } from './replay/decision-records.js';
export { readDecisions } from './replay/read-decisions.js';
export { recordedPoliciesOf } from './replay/recorded-policies-of.js';
export { applyRetention, type RetentionChange } from './retention/apply-retention.js';
export { type NextDrop, type TableRetention, tableRetention } from './retention/table-retention.js';
export {
  type KeepRollupsFreshOptions,
  keepRollupsFresh,
  type RollupRefresher,
} from './rollups/keep-rollups-fresh.js';
export { type RebuildRange, rebuildRollups } from './rollups/rebuild-rollups.js';
export { type RollupRefresh, refreshRollups } from './rollups/refresh-rollups.js';
export type { RollupStep } from './rollups/rollup-step.js';
export type { AggregationTemporality } from './rows/aggregation-temporality.js';
export type { Attributes } from './rows/attributes.js';
export { type DateTime, type DateTime64, toDateTime, toDateTime64 } from './rows/date-time64.js';
export type { ExemplarColumns } from './rows/exemplar-columns.js';
export type { ExponentialHistogramRow } from './rows/exponential-histogram-row.js';
export type { GaugeRow } from './rows/gauge-row.js';
export type { HistogramRow } from './rows/histogram-row.js';
export type { LogRow } from './rows/log-row.js';
export type { MetricPointRow } from './rows/metric-point-row.js';
export type { RowByTable, TableName } from './rows/row-by-table.js';
export type { SumRow } from './rows/sum-row.js';
export type { SummaryRow } from './rows/summary-row.js';
export type { TraceRow } from './rows/trace-row.js';
export type { UInt64 } from './rows/uint64.js';

// The vocabulary of Signalbox: every noun, name and error that packages share. No I/O, no dependency but zod.
// Start with routing/decision.ts (the record that everything is about) and routing/event.ts (what happens to a request).
// Sub-paths: ./semconv (telemetry names) and ./testing (fakes).
export type { ClickHouseConfig } from './config/clickhouse-schema.js';
export type { CollectorConfig } from './config/collector-schema.js';
export { configJsonSchema } from './config/config-json-schema.js';
export type { ResolvedConfig, SignalboxConfig } from './config/config-schema.js';
export { defineConfig } from './config/define-config.js';
export { parseConfig } from './config/parse-config.js';
export type { PolicyConfig } from './config/policy-schema.js';
export { type FilePrice, type PriceFile, parsePriceFile } from './config/price-file-schema.js';
export type { OpenAiCompatibleConfig, ProviderConfig, ProviderInstance } from './config/provider-schema.js';
export type { RetentionConfig } from './config/retention-schema.js';
export { AddressInUseError } from './errors/address-in-use-error.js';
export { AllAttemptsFailedError } from './errors/all-attempts-failed-error.js';
export { ClusterUnsupportedError } from './errors/cluster-unsupported-error.js';
export { ConfigInvalidError, type ConfigIssue } from './errors/config-invalid-error.js';
export { ConfigUnreadableError } from './errors/config-unreadable-error.js';
export { DependencyMissingError } from './errors/dependency-missing-error.js';
export { DirectoryUnusableError } from './errors/directory-unusable-error.js';
export { ErasureIncompleteError } from './errors/erasure-incomplete-error.js';
export { ERROR_CODES, type ErrorCode } from './errors/error-code.js';
export { FileUnreadableError } from './errors/file-unreadable-error.js';
export { LogFailedError } from './errors/log-failed-error.js';
export { LogFullError } from './errors/log-full-error.js';
export { LogLockedError } from './errors/log-locked-error.js';
export { MigrationEditedError } from './errors/migration-edited-error.js';
export { MigrationFailedError } from './errors/migration-failed-error.js';
export { MigrationLockedError } from './errors/migration-locked-error.js';
export { NoCandidateError } from './errors/no-candidate-error.js';
export { ProviderMissingError } from './errors/provider-missing-error.js';
export { ReaderRefusedError } from './errors/reader-refused-error.js';
export { SchemaLayoutError } from './errors/schema-layout-error.js';
export { SchemaTooNewError } from './errors/schema-too-new-error.js';
export { SignalboxError } from './errors/signalbox-error.js';
export { StoreUnavailableError } from './errors/store-unavailable-error.js';
export { StreamInterruptedError } from './errors/stream-interrupted-error.js';
export { TelemetryRegisteredError } from './errors/telemetry-registered-error.js';
export { TraceMalformedError } from './errors/trace-malformed-error.js';
export { UnknownModelError } from './errors/unknown-model-error.js';
export { UnknownPolicyError } from './errors/unknown-policy-error.js';
export { UnknownStrategyError } from './errors/unknown-strategy-error.js';
export { createSeededRandom } from './random/seeded-random.js';
export {
  type Asked,
  type Candidate,
  type Decision,
  EXCLUSION_REASONS,
  type Exclusion,
  type ExclusionReason,
  type Stickiness,
  type Terms,
} from './routing/decision.js';
export type {
  AttemptEnd,
  AttemptStart,
  Clock,
  DecisionMade,
  FeedbackGiven,
  Listener,
  Random,
  RequestEnd,
  RequestStart,
  SignalboxEvent,
} from './routing/event.js';
export type { Feedback } from './routing/feedback.js';
export {
  type AttemptCause,
  type AttemptFailure,
  type AttemptOutcome,
  type CostSource,
  ERROR_TYPES,
  type ErrorType,
  type FinishReason,
  type RequestOutcome,
  type TokenUsage,
} from './routing/outcome.js';
export {
  type Arm,
  type Distribution,
  type Limits,
  NO_LIMITS,
  type Policy,
  type Route,
  type Sticky,
  type TenantRule,
} from './routing/policy.js';
export type { Price, PriceTier, Rates } from './routing/price.js';
export {
  PRICE_SOURCES,
  type PriceBook,
  type PricedModel,
  type PricePeriod,
  type PriceSource,
  type ResolvedPrice,
} from './routing/price-book.js';
export type { RoutingRequest } from './routing/request.js';
export type {
  OutcomeContext,
  Outcomes,
  OutcomesByTarget,
  Snapshot,
  TargetSignals,
} from './routing/snapshot.js';
export {
  type CustomStrategy,
  type Preferences,
  STRATEGY_NAMES,
  type StrategyName,
  TERM_NAMES,
  type TermName,
  type TermWeights,
} from './routing/strategy.js';
export {
  CAPABILITIES,
  type Capability,
  type LatencyPrior,
  type Target,
} from './routing/target.js';
export {
  COMPLEXITY_LEVELS,
  type ComplexityLevel,
  TASK_TYPES,
  type Task,
  type TaskType,
} from './routing/task.js';

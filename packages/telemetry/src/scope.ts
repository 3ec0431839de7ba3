import {
  createNoopMeter,
  type Logger,
  type LoggerProvider,
  type MeterProvider,
  metrics,
  type Tracer,
  type TracerProvider,
  trace,
} from '@opentelemetry/api';
import { SCHEMA_URL, SCOPE_NAME } from '@signalbox/spec/semconv';
import { globalLoggerProvider } from './global-logger-provider.js';
import { createInstruments, type Instruments } from './metrics/instruments.js';
import { VERSION } from './version.js';

/** The instrumentation scope `signalbox` of whichever SDK is registered now. */
export interface Scope {
  tracer(): Tracer;
  /** `null` while no metrics SDK is registered, so that nothing is computed for nobody. */
  instruments(): Instruments | null;
  /**
   * Throws when `@opentelemetry/api` is older than 1.10, which has no logs: the one thing that we need it for is rare
   * enough to let older versions do the rest.
   */
  logger(): Logger;
}

/**
 * A scope over the given providers; the default is the global ones. Both follow a provider that is registered later or
 * replaced: unlike tracers, meters have no proxy, and an instrument made before the SDK would stay silent for good.
 */
export const createScope = (providers: {
  tracerProvider?: TracerProvider | undefined;
  meterProvider?: MeterProvider | undefined;
  loggerProvider?: LoggerProvider | undefined;
}): Scope => ({
  tracer: perProvider(
    () => providers.tracerProvider ?? trace.getTracerProvider(),
    // `trace.getTracer` takes no options and would lose the schema URL.
    (provider) => provider.getTracer(SCOPE_NAME, VERSION, { schemaUrl: SCHEMA_URL }),
  ),
  instruments: perProvider(
    () => providers.meterProvider ?? metrics.getMeterProvider(),
    (provider) => {
      const meter = provider.getMeter(SCOPE_NAME, VERSION, { schemaUrl: SCHEMA_URL });
      return meter === createNoopMeter() ? null : createInstruments(meter);
    },
  ),
  logger: perProvider(
    () => providers.loggerProvider ?? globalLoggerProvider(),
    (provider) => provider.getLogger(SCOPE_NAME, VERSION, { schemaUrl: SCHEMA_URL }),
  ),
});

/** Makes a value once per provider: again only when `current` returns another one. */
const perProvider = <Provider, Value>(current: () => Provider, make: (provider: Provider) => Value) => {
  let made: { provider: Provider; value: Value } | null = null;
  return (): Value => {
    const provider = current();
    if (made?.provider !== provider) made = { provider, value: make(provider) };
    return made.value;
  };
};

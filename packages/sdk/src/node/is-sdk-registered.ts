import { createNoopMeter, logs, metrics, ProxyTracerProvider, trace } from '@opentelemetry/api';

const NO_TRACER_PROVIDER = new ProxyTracerProvider().getDelegate();

/** True when this process has a global tracer, meter or logger provider already. */
export const isSdkRegistered = (): boolean => {
  const provider = trace.getTracerProvider();
  const hasTracerProvider =
    !(provider instanceof ProxyTracerProvider) || provider.getDelegate() !== NO_TRACER_PROVIDER;
  const hasMeterProvider = metrics.getMeter('signalbox') !== createNoopMeter();
  return hasTracerProvider || hasMeterProvider || logs.getLogger('signalbox').enabled();
};

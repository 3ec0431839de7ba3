import { createNoopMeter, metrics, ProxyTracerProvider, trace } from '@opentelemetry/api';

const NO_TRACER_PROVIDER = new ProxyTracerProvider().getDelegate();

/** True when this process has a global tracer or meter provider already. */
export const isSdkRegistered = (): boolean => {
  const provider = trace.getTracerProvider();
  const hasTracerProvider =
    !(provider instanceof ProxyTracerProvider) || provider.getDelegate() !== NO_TRACER_PROVIDER;
  return hasTracerProvider || metrics.getMeter('signalbox') !== createNoopMeter();
};

import type { Attributes } from '@opentelemetry/api';
import type { Resource } from '@opentelemetry/resources';
import type { OpenTelemetryPackages } from './open-telemetry-packages.js';
import type { ResolvedSetupOptions } from './telemetry-setup-options.js';

/**
 * What the telemetry is about: the options over the environment over a random instance id. Host and process are not
 * detected, because a command line may hold secrets; give what you want to see as `resourceAttributes`.
 */
export const createResource = (
  resources: OpenTelemetryPackages['@opentelemetry/resources'],
  { serviceName, serviceInstanceId, resourceAttributes }: ResolvedSetupOptions,
): Resource => {
  const { defaultResource, detectResources, resourceFromAttributes } = resources;
  const { resourceAttributesEnvDetector, serviceInstanceIdDetector, serviceNameEnvDetector } = resources;
  const detected = detectResources({
    detectors: [serviceInstanceIdDetector, resourceAttributesEnvDetector, serviceNameEnvDetector],
  });
  const given: Attributes = {
    ...resourceAttributes,
    ...(serviceName !== undefined && { 'service.name': serviceName }),
    ...(serviceInstanceId !== undefined && { 'service.instance.id': serviceInstanceId }),
  };
  return defaultResource().merge(detected).merge(resourceFromAttributes(given));
};

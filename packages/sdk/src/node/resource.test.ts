import * as resources from '@opentelemetry/resources';
import { afterEach, expect, it, vi } from 'vitest';
import { createResource } from './resource.js';
import { resolveSetupOptions } from './telemetry-setup-options.js';

afterEach(() => vi.unstubAllEnvs());

it('prefers the options to the environment', () => {
  vi.stubEnv('OTEL_SERVICE_NAME', 'from-environment');
  vi.stubEnv('OTEL_RESOURCE_ATTRIBUTES', 'deployment.environment.name=staging,team=routing');
  const options = resolveSetupOptions({
    serviceName: 'shop',
    serviceInstanceId: 'instance-1',
    resourceAttributes: { team: 'checkout' },
  });
  expect(createResource(resources, options).attributes).toMatchObject({
    'service.name': 'shop',
    'service.instance.id': 'instance-1',
    'deployment.environment.name': 'staging',
    team: 'checkout',
  });
});

it('takes the name from the environment and invents an instance id', () => {
  vi.stubEnv('OTEL_SERVICE_NAME', 'from-environment');
  const { attributes } = createResource(resources, resolveSetupOptions({}));
  expect(attributes).toMatchObject({
    'service.name': 'from-environment',
    'service.instance.id': expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
});

it('never sends the command line', () => {
  const { attributes } = createResource(resources, resolveSetupOptions({}));
  expect(Object.keys(attributes)).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/^process\.command/)]),
  );
});

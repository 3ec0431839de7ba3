import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { loadOpenTelemetryPackages } from './open-telemetry-packages.js';

it('loads every package that the setup is built from', () => {
  const packages = loadOpenTelemetryPackages();
  expect(packages['@opentelemetry/sdk-node'].NodeSDK).toBeTypeOf('function');
  expect(Object.values(packages)).toHaveLength(8);
});

it('names every package that is not installed, and the command that installs them', () => {
  const { resolve } = createRequire(import.meta.url);
  const nowhere = (name: string) => resolve(name, { paths: [] });
  expect(() => loadOpenTelemetryPackages(nowhere)).toThrow(
    /^setupTelemetry\(\) needs packages that are not installed: @opentelemetry\/sdk-node, .*exporter-metrics-otlp-proto\. Run `npm install @opentelemetry\/sdk-node .*`\.$/,
  );
});

it('passes on any other failure', () => {
  const broken = () => {
    throw new SyntaxError('unexpected token');
  };
  expect(() => loadOpenTelemetryPackages(broken)).toThrow(SyntaxError);
});

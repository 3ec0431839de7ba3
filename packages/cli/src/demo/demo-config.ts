import { withCatalogue } from '@signalbox/catalogue';
import { parseConfig, type ResolvedConfig, type SignalboxConfig } from '@signalbox/spec';
import { DEMO_TARGETS, splitTargetId } from './demo-targets.js';

/** The starter configuration that the demo runs with, its providers played by the simulator at `simulatorUrl`. */
export const demoConfig = (simulatorUrl: string): SignalboxConfig => {
  const providers = new Set(DEMO_TARGETS.map(({ id }) => splitTargetId(id).provider));
  return {
    tenant: 'demo',
    providers: Object.fromEntries(
      [...providers].map((name) => [
        name,
        { type: 'openai-compatible', baseUrl: `${simulatorUrl}/${name}/v1` },
      ]),
    ),
    targets: [...DEMO_TARGETS],
    policy: {
      name: 'starter',
      strategy: 'balanced',
      // 2 % of the requests go to another eligible target, so that its latency and quality stay measured: without any
      // exploration nobody can say later what the other choice would have given.
      exploration: 0.02,
      routes: [
        {
          name: 'debugging',
          patterns: ['bug', 'stack trace', 'exception'],
          prefer: ['anthropic/claude-sonnet-4-6'],
        },
        { name: 'summaries', taskTypes: ['summarization', 'translation'], strategy: 'cost-optimal' },
        { name: 'proofs', patterns: ['prove', 'step by step'], strategy: 'quality-optimal' },
      ],
    },
    telemetry: { serviceName: 'signalbox-demo' },
  };
};

/** The demo's configuration with all defaults filled in, for decisions that call no provider. */
export const resolvedDemoConfig = (): ResolvedConfig =>
  parseConfig(withCatalogue(demoConfig('http://127.0.0.1:4010')), 'The demo');

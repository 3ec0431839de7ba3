import { withCatalogue } from '@signalbox/catalogue';
import { type Policy, parseConfig, type SignalboxConfig } from '@signalbox/spec';
import { demoConfig } from '../demo/demo-config.js';
import { policyOfConfig } from '../policy/policy-of-config.js';

// Everything that a policy can do has a part in some decision: arms, stickiness, limits, tenants, a strategy of each kind.
const POLICY: NonNullable<SignalboxConfig['policy']> = {
  name: 'replayed',
  exploration: 0.02,
  sticky: { by: 'conversation', hold: true },
  arms: [
    { name: 'canary', share: 0.03, targets: ['mistral/mistral-large-2512'] },
    { name: 'shadow', share: 0.05, targets: ['openai/gpt-5-nano'], shadow: true },
  ],
  tenants: { acme: { deny: ['openai/gpt-5-nano'] } },
  routes: [
    { name: 'debugging', patterns: ['bug', 'stack trace'], prefer: ['anthropic/claude-sonnet-4-6'] },
    { name: 'summaries', taskTypes: ['summarization', 'translation'], strategy: 'cost-optimal' },
    { name: 'learned', metadata: { tier: 'learned' }, strategy: 'adaptive' },
    { name: 'personal', taskTypes: ['creative'], strategy: 'user-preference' },
    {
      name: 'proofs',
      patterns: ['prove', 'step by step'],
      strategy: 'quality-optimal',
      deny: ['openai/gpt-5.2'],
    },
    { name: 'fast', metadata: { tier: 'live' }, strategy: 'performance-optimal' },
  ],
  fallback: { chain: ['openai/gpt-5-mini', 'google/gemini-3.1-flash-lite'] },
};

/** The policy that the history of `bench replay` is decided by: the targets of the demo and one of unknown price. */
export const replayPolicy = (): Policy => {
  const { targets = [] } = demoConfig('http://127.0.0.1:1');
  return policyOfConfig(
    parseConfig(withCatalogue({ targets: [...targets, { id: 'local/llama' }], policy: POLICY })),
  );
};

import { findRetiring } from '@signalbox/catalogue';
import { costNanoUsd, lintRoutes } from '@signalbox/router';
import type { ConfigIssue, Policy, Target } from '@signalbox/spec';

/** What is wrong with a policy, by the path of the field in the configuration, and what will be one day. */
export type PolicyLint = { errors: readonly ConfigIssue[]; warnings: readonly ConfigIssue[] };

/**
 * Looks for what a schema cannot see. Errors are rules that can never match and constraints that no target can meet: with them
 * requests fail, or go where nobody meant them to go. Warnings are models that retire and facts that are not known. `at`
 * decides what is past.
 */
export const lintPolicy = (policy: Policy, at: Date): PolicyLint => ({
  errors: [
    ...lintRoutes(policy),
    ...lintCostLimits(policy),
    ...lintResidency('policy.residency', policy.residency, policy.targets),
    ...Object.entries(policy.tenants).flatMap(([tenant, rule]) => lintTenant(tenant, rule, policy.targets)),
  ],
  warnings: [...lintRetiring(policy, at), ...lintPrices(policy)],
});

/** One token in, one out: nothing costs less. */
const LEAST = { input: 1, output: 1, cacheRead: null, cacheWrite: null, reasoning: null };

const LIMITS = { costNanoUsd: 'costUsd', worstCostNanoUsd: 'worstCostUsd' } as const;

const lintCostLimits = ({ limits, targets }: Policy): ConfigIssue[] => {
  if (targets.length === 0) return [];
  const costs = targets.flatMap(({ price }) => costNanoUsd(LEAST, price) ?? []);
  return (['costNanoUsd', 'worstCostNanoUsd'] as const).flatMap((name) => {
    const limit = limits[name];
    if (limit === null || costs.some((cost) => cost <= limit)) return [];
    const message =
      costs.length === 0
        ? 'excludes every target, because no price is known. Give the targets prices'
        : 'is less than one token costs at the cheapest target. Raise it';
    return [{ path: `policy.limits.${LIMITS[name]}`, message }];
  });
};

const isIn = (target: Target, places: readonly string[]): boolean =>
  places.length === 0 || places.some((place) => target.residency?.includes(place) ?? false);

const lintResidency = (
  path: string,
  places: readonly string[],
  targets: readonly Target[],
): ConfigIssue[] => {
  if (targets.length === 0 || targets.some((target) => isIn(target, places))) return [];
  return [
    {
      path,
      message: `excludes every target: none says that it is in ${places.join(' or ')}. Set \`residency\` of a target`,
    },
  ];
};

const lintTenant = (
  tenant: string,
  { allow, deny, residency }: Policy['tenants'][string],
  targets: readonly Target[],
): ConfigIssue[] => {
  const path = `policy.tenants.${tenant}`;
  const open = targets.filter(({ id }) => !deny.includes(id) && (allow.length === 0 || allow.includes(id)));
  if (targets.length > 0 && open.length === 0)
    return [{ path, message: 'leaves no target: all that it allows are denied. Take one out of `deny`' }];
  return lintResidency(`${path}.residency`, residency, open);
};

const pathOf = ({ targets }: Policy, id: string): string =>
  `targets[${targets.findIndex((target) => target.id === id)}]`;

const lintRetiring = (policy: Policy, at: Date): ConfigIssue[] =>
  findRetiring(policy.targets, at).map(({ target, message }) => ({ path: pathOf(policy, target), message }));

const lintPrices = (policy: Policy): ConfigIssue[] =>
  policy.targets.flatMap(({ id, price }) =>
    price === null
      ? [
          {
            path: pathOf(policy, id),
            message: `${id} has no known price: its cost will be reported as unknown.`,
          },
        ]
      : [],
  );

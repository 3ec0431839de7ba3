import { z } from 'zod';
import { share, targetIds } from './schema-parts.js';

/** `policy.distribution` in the configuration. */
export const distributionSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('greedy').describe('The best gets all') }),
    z.strictObject({
      kind: z.literal('softmax').describe('Everybody gets a part that grows with its score'),
      temperature: z
        .number()
        .min(0.001)
        .max(10)
        .default(0.05)
        .describe('The lead in score that counts e = 2.7 times'),
    }),
  ])
  .default({ kind: 'greedy' })
  .describe('How scores become probabilities, where the strategy does not say so itself');

const armSchema = z.strictObject({
  name: z.string().min(1).describe('Name in spans and tables'),
  share: share.describe('Share of the requests, 0 to 1'),
  targets: targetIds.describe('The best-ranked eligible one of these is taken'),
  shadow: z.boolean().default(false).describe('Called beside the chosen target; its answer reaches nobody'),
});

/** `policy.arms` in the configuration. */
export const armsSchema = z
  .array(armSchema)
  .default([])
  .describe(
    'Shares of the requests that go to certain targets whatever their scores: splits, canaries, shadows',
  )
  .superRefine((arms, context) => {
    const serving = arms.reduce((sum, arm) => sum + (arm.shadow ? 0 : arm.share), 0);
    // Three thirds may sum to a hair more than 1.
    if (serving > 1 + 1e-9) {
      context.addIssue({
        code: 'custom',
        path: [],
        message: `have shares that sum to ${serving}, more than 1`,
      });
    }
    for (const [index, arm] of arms.entries()) {
      if (arm.targets.length === 0)
        context.addIssue({ code: 'custom', path: [index, 'targets'], message: 'needs at least one target' });
      if (arms.findIndex(({ name }) => name === arm.name) !== index)
        context.addIssue({
          code: 'custom',
          path: [index, 'name'],
          message: `"${arm.name}" is already taken`,
        });
    }
  });

/** `policy.sticky` in the configuration. */
export const stickySchema = z
  .strictObject({
    by: z
      .enum(['conversation', 'user'])
      .describe('Whose earlier choice counts; requests without one are drawn afresh'),
    hold: z
      .boolean()
      .default(true)
      .describe('Keeps the target of the last request as long as it is eligible; false keeps the arm only'),
  })
  .nullable()
  .default(null)
  .describe('Keeps a conversation or a user where it was');

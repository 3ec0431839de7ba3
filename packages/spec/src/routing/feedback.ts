/** What somebody says about a decision, `null` for what they do not say. At least one is not `null`. */
export type Feedback = {
  /** How content they are with the answer, 0 to 1. */
  satisfaction: number | null;
  /** Whether the right model was chosen. */
  accurate: boolean | null;
  /** Id of the target that was taken instead. */
  overriddenTo: string | null;
};

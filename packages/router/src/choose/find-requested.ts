import { type Candidate, UnknownModelError } from '@signalbox/spec';

/**
 * The candidate that a caller asked for by name: the one whose target has that id, else the only one with that model
 * name. Throws `UnknownModelError` when there is none, or more than one.
 */
export const findRequested = (requested: string, candidates: readonly Candidate[]): Candidate => {
  const exact = candidates.find(({ target }) => target === requested);
  if (exact) return exact;
  const named = candidates.filter(({ model }) => model === requested);
  const [only] = named;
  if (only && named.length === 1) return only;
  throw new UnknownModelError({
    model: requested,
    matches: named.map(({ target }) => target),
    targets: candidates.map(({ target }) => target),
  });
};

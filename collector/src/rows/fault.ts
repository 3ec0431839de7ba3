/** What is wrong with an enumeration whose values run from 0 to `greatest`; `null` when nothing is. */
export const enumFault = (name: string, value: number, greatest: number): string | null =>
  value >= 0 && value <= greatest ? null : `${name} ${value} is not defined`;

/** The first fault in a list; `null` when there is none. */
export const firstFault = <Element>(
  elements: readonly Element[],
  fault: (element: Element) => string | null,
): string | null => {
  for (const element of elements) {
    const found = fault(element);
    if (found !== null) return found;
  }
  return null;
};

/** What is wrong with an enumeration whose values run from 0 to `greatest`; `null` when nothing is. */
export const enumFault = (name: string, value: number, greatest: number): string | null =>
  value >= 0 && value <= greatest ? null : `${name} ${value} is not defined`;

import { SignalboxError } from '@signalbox/spec';

const LONGEST_FOREIGN_MESSAGE = 1000;

/**
 * What an error says, for people. Ours are written for them and come whole; another's may quote a whole SQL statement,
 * and is cut.
 */
export const messageOf = (error: unknown): string => {
  const message = error instanceof Error ? error.message : String(error);
  return SignalboxError.isInstance(error) || message.length <= LONGEST_FOREIGN_MESSAGE
    ? message
    : `${message.slice(0, LONGEST_FOREIGN_MESSAGE).toWellFormed()}… (--verbose shows all of it)`;
};

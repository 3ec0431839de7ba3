import { hostname, userInfo } from 'node:os';

const userName = (): string => {
  try {
    return userInfo().username;
  } catch {
    // A container may run as a number that no account has.
    return `uid-${process.getuid?.() ?? 'unknown'}`;
  }
};

/** Who runs this program, for records: the account and the host, `ada@workstation`. */
export const currentUser = (): string => `${userName()}@${hostname()}`;

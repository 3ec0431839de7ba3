import { SignalboxError } from './signalbox-error.js';

/** A port is taken. `what` names the listener, `option` the flag or field that changes the port. */
export class AddressInUseError extends SignalboxError {
  readonly port: number;

  constructor({
    what,
    port,
    option,
    cause,
  }: { what: string; port: number; option: string; cause?: unknown }) {
    super(
      'address-in-use',
      `Port ${port} for ${what} is in use. Stop the program that uses it, or choose another port with ${option} (0 takes a free one).`,
      { cause },
    );
    this.port = port;
  }
}

import type { Http2Stream } from 'node:http2';
import { type Metadata, ServerInterceptingCall, type ServerInterceptor } from '@grpc/grpc-js';
import type { Admission, Reservation } from '../receiver/admission.js';
import type { ConnectionCap } from '../receiver/connection-cap.js';
import type { Refusal } from '../refusal.js';
import { type Authenticate, type Principal, UNAUTHENTICATED } from '../security/authenticate.js';
import { toGrpcStatus } from './grpc-refusal.js';

/** What is known of a call when its message has arrived. */
export type GuardedCall = {
  readonly principal: Principal;
  readonly reservation: Reservation;
  /** As grpc-encoding says; '' for none. The message may be uncompressed nevertheless. */
  readonly contentEncoding: string;
};

/** Stands before the handlers of all calls. */
export type CallGuard = {
  readonly interceptor: ServerInterceptor;
  /** What the guard knows of the call with this metadata. */
  callOf(metadata: Metadata): GuardedCall;
};

/** What the guard works with. */
export type CallGuardOptions = {
  readonly authenticate: Authenticate;
  readonly admission: Admission;
  readonly cap: ConnectionCap;
  /** Hears of calls that end before a handler has them. */
  readonly onRefused: (refusal: Refusal) => void;
};

// grpc-js collects and inflates a whole message before anybody may refuse it, which bounds one call but not all of them
// together. These two fields of its calls are what counting the bytes on their way needs; tests hold that they work.
type OpenCall = { readonly stream: Http2Stream; incomingEncoding: string };

const COMPRESSIONS: readonly string[] = ['gzip', 'deflate'];

/** A message that has not arrived after this long is given up: what it holds may be needed by others. */
const MESSAGE_TIMEOUT_MS = 30_000;

/** Creates a guard that lets in known senders, counts what they send as it arrives, and gives up on those that dawdle. */
export const createCallGuard = ({ authenticate, admission, cap, onRefused }: CallGuardOptions): CallGuard => {
  const calls = new WeakMap<Metadata, GuardedCall>();

  const interceptor: ServerInterceptor = (_method, call) => {
    const open = call as unknown as OpenCall;
    let isRefused = false;
    const refuse = (refusal: Refusal): void => {
      // What is still under way comes in nevertheless.
      if (isRefused) return;
      isRefused = true;
      onRefused(refusal);
      call.sendStatus(toGrpcStatus(refusal));
    };
    let timeout: NodeJS.Timeout | undefined;

    const admit = (metadata: Metadata): boolean => {
      const principal = authenticate(metadata.get('authorization').map(String));
      if (principal === null) {
        refuse(UNAUTHENTICATED);
        return false;
      }
      const contentEncoding = COMPRESSIONS.includes(open.incomingEncoding) ? open.incomingEncoding : '';
      // Inflated later, piece by piece. What is not known here, grpc-js refuses with UNIMPLEMENTED.
      if (contentEncoding !== '') open.incomingEncoding = 'identity';
      const reservation = admission.admit();
      calls.set(metadata, { principal, reservation, contentEncoding });
      open.stream.once('close', () => {
        clearTimeout(timeout);
        reservation.release();
      });
      open.stream.on('data', (chunk: Buffer) => {
        if (reservation.grow(chunk.length)) return;
        reservation.release();
        refuse({ status: 'overloaded', reason: 'too many bytes in flight' });
      });
      timeout = setTimeout(() => {
        reservation.release();
        refuse({ status: 'retryable', reason: 'the message took too long to arrive' });
      }, MESSAGE_TIMEOUT_MS);
      return true;
    };

    return new ServerInterceptingCall(call, {
      start: (next) =>
        next({
          onReceiveMetadata: (metadata, pass) => {
            if (admit(metadata)) pass(metadata);
          },
          onReceiveMessage: (message, pass) => {
            clearTimeout(timeout);
            cap.touch(call.getConnectionInfo());
            pass(message);
          },
        }),
    });
  };

  return {
    interceptor,
    callOf(metadata) {
      const call = calls.get(metadata);
      if (call === undefined) throw new Error('A call got past the guard.');
      return call;
    },
  };
};

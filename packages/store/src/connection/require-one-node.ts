import { ClusterUnsupportedError } from '@signalbox/spec';
import type { Store } from './store.js';

/** @throws ClusterUnsupportedError when the store is a cluster's. `what` is what works on one node only. */
export function requireOneNode({ cluster }: Store, what: string): void {
  if (cluster !== null) throw new ClusterUnsupportedError({ what, cluster });
}

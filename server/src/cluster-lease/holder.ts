/** Holder of a cluster's Lease: a Shopyard installation and its running process. */
import type { ProcessIdentity } from '../kit/data-lock.ts';

export interface Holder {
  installation: string;
  process: ProcessIdentity;
}

/** The `holderIdentity`: `in_7f3…/HOST,PID,START`. */
export function toIdentity({ installation, process: { host, pid, started } }: Holder): string {
  return `${installation}/${host},${pid},${started}`;
}

/** The installation in an identity; the whole identity if it isn't Shopyard's. */
export function installationOf(identity: string): string {
  return identity.split('/')[0] ?? identity;
}

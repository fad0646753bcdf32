/** Who holds a cluster's Lease: an installation of Shopyard, and the process of it that runs. */
import type { ProcessIdentity } from '../kit/data-lock.ts';

export interface Holder {
  installation: string;
  process: ProcessIdentity;
}

/** `in_7f3…/HOST,PID,START`, as `holderIdentity` has it. */
export function toIdentity({ installation, process: { host, pid, started } }: Holder): string {
  return `${installation}/${host},${pid},${started}`;
}

/** The installation that an identity names; of one that isn't Shopyard's, all of it. */
export function installationOf(identity: string): string {
  return identity.split('/')[0] ?? identity;
}

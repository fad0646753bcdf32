/** An in-memory API server for tests of the Lease. */
import { ClusterError, type ClusterErrorKind } from '../kube/errors.ts';
import type { Lease, LeaseApi, LeaseContent } from '../kube/lease.ts';

export class TestApi implements LeaseApi {
  lease: Lease | undefined;
  fails: ClusterErrorKind | undefined;
  /** The next write succeeds but its answer is lost. */
  losesAnswer = false;
  writes = 0;
  /** Requests, answered or not. */
  asked = 0;

  async read(): Promise<Lease | undefined> {
    this.asked += 1;
    if (this.fails) throw new ClusterError(this.fails, 'no answer');
    return this.lease;
  }

  async write(content: LeaseContent, resourceVersion: string | undefined): Promise<Lease> {
    this.asked += 1;
    if (this.fails) throw new ClusterError(this.fails, 'no answer');
    if (this.lease?.resourceVersion !== resourceVersion)
      throw new ClusterError(this.lease ? 'conflict' : 'not-found', 'another version');
    this.writes += 1;
    const lease = this.put(content);
    if (this.losesAnswer) {
      this.losesAnswer = false;
      throw new ClusterError('unavailable', 'reset');
    }
    return lease;
  }

  put(content: LeaseContent): Lease {
    return (this.lease = { ...content, resourceVersion: String(Number(this.lease?.resourceVersion ?? 0) + 1) });
  }
}

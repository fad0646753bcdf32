/** For each test of a file an embedded cluster of its own, and a client of it. */
import { temporaryDir } from '@shopyard/testkit';
import { afterEach, beforeEach } from 'vitest';
import { createKubeClient, type KubeClient, loadCredentials } from '../../src/kube/client.ts';
import { type OwnCluster, startOwnCluster } from './own-cluster.ts';

/** Its members are those of the running test. */
class EachCluster {
  /** A temporary folder of the test. */
  dir!: string;
  cluster!: OwnCluster;
  client!: KubeClient;
  #folder!: ReturnType<typeof temporaryDir>;

  async start(): Promise<void> {
    this.#folder = temporaryDir();
    this.dir = this.#folder.path;
    this.cluster = await startOwnCluster(this.dir);
    this.client = createKubeClient(loadCredentials({ kind: 'kubeconfig', kubeconfig: this.cluster.kubeconfig }));
  }

  async stop(): Promise<void> {
    await this.cluster[Symbol.asyncDispose]();
    this.#folder[Symbol.dispose]();
  }
}

export function useOwnClusterForEach(): EachCluster {
  const each = new EachCluster();
  beforeEach(() => each.start());
  afterEach(() => each.stop());
  return each;
}

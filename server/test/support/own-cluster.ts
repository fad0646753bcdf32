/** An embedded cluster of the test's own: it outlives the server, as a real one would. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rawApi } from './raw-api.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from './simulator.ts';
import { type Tools, toolsFor } from './tools.ts';

export interface OwnCluster extends AsyncDisposable {
  simulator: Simulator;
  /** Path of its kubeconfig. */
  kubeconfig: string;
  /** Environment for a server on this cluster. */
  env: Record<string, string>;
  tools: Tools;
  /** The object at a path, or the items of the list there; empty if there is none. For what a test reads often: no process. */
  read: (path: string) => Promise<KubeObject[]>;
}

export interface KubeObject {
  metadata: { name: string; generation?: number; annotations?: Record<string, string> };
  data?: Record<string, string>;
  spec?: { replicas?: number; suspend?: boolean; resources?: { requests: { storage: string } } };
}

/** Runs without delays unless `options` say otherwise. Writes its kubeconfig into `dir`. */
export async function startOwnCluster(dir: string, options: SimulatorOptions = {}): Promise<OwnCluster> {
  const simulator = await startSimulator({ speed: 0, ...options });
  const kubeconfig = join(dir, 'cluster.kubeconfig');
  writeFileSync(kubeconfig, simulator.kubeconfig);
  const api = rawApi(simulator.kubeconfig);
  return {
    simulator,
    kubeconfig,
    env: { SHOPYARD_CLUSTER: 'kubeconfig', KUBECONFIG: kubeconfig },
    tools: toolsFor(kubeconfig, dir),
    read: async (path) => {
      const { status, json } = await api({ path });
      if (status === 404) return [];
      // The simulator answers with what Kubernetes answers with: an object, or a list of them.
      return (json['items'] ?? [json]) as KubeObject[];
    },
    [Symbol.asyncDispose]: () => simulator.close(),
  };
}

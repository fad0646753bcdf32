/** An embedded cluster of the test's own: it outlives the server, as a real one would. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Simulator, type SimulatorOptions, startSimulator } from './simulator.ts';
import { type Tools, toolsFor } from './tools.ts';

export interface OwnCluster extends AsyncDisposable {
  simulator: Simulator;
  /** Path of its kubeconfig. */
  kubeconfig: string;
  /** Environment for a server on this cluster. */
  env: Record<string, string>;
  tools: Tools;
}

/** Runs without delays unless `options` say otherwise. Writes its kubeconfig into `dir`. */
export async function startOwnCluster(dir: string, options: SimulatorOptions = {}): Promise<OwnCluster> {
  const simulator = await startSimulator({ speed: 0, ...options });
  const kubeconfig = join(dir, 'cluster.kubeconfig');
  writeFileSync(kubeconfig, simulator.kubeconfig);
  return {
    simulator,
    kubeconfig,
    env: { SHOPYARD_CLUSTER: 'kubeconfig', KUBECONFIG: kubeconfig },
    tools: toolsFor(kubeconfig, dir),
    [Symbol.asyncDispose]: () => simulator.close(),
  };
}

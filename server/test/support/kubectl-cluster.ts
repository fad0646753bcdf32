/** An embedded cluster of simulated containers with the real kubectl. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDir } from '@shopyard/testkit';
import { type Simulator, startSimulator } from './simulator.ts';
import { toolsFor } from './tools.ts';

export interface KubectlCluster extends AsyncDisposable {
  simulator: Simulator;
  /** Runs kubectl in the namespace `default` and resolves with its standard output; rejects with its standard error. */
  kubectl(...args: string[]): Promise<string>;
  /** Path of a file with the object as JSON, for `-f`. */
  file(name: string, object: object): string;
  kubeconfig: string;
  home: string;
}

/** `onError` receives errors of the cluster itself. */
export async function startKubectlCluster(onError: (error: unknown) => void): Promise<KubectlCluster> {
  const dir = temporaryDir();
  const simulator = await startSimulator({ speed: 0, onError });
  const kubeconfig = join(dir.path, 'kubeconfig');
  const home = join(dir.path, 'home');
  writeFileSync(kubeconfig, simulator.kubeconfig);
  mkdirSync(home);
  const tools = toolsFor(kubeconfig, home);
  return {
    simulator,
    kubeconfig,
    home,
    kubectl: (...args) => tools.kubectl('-n', 'default', ...args),
    file(name, object) {
      const path = join(dir.path, `${name}.json`);
      writeFileSync(path, JSON.stringify(object));
      return path;
    },
    async [Symbol.asyncDispose]() {
      await simulator.close();
      dir[Symbol.dispose]();
    },
  };
}

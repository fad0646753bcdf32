/** An embedded cluster in its own process, which can be paused to simulate an API server that hangs. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { programOf, temporaryDir } from '@shopyard/testkit';

const programAt = (path: string): string => programOf(fileURLToPath(new URL(path, import.meta.url)));
const ENGINES = JSON.stringify([
  { module: pathToFileURL(programAt('../../../engines/src/woocommerce/embedded.ts')).href },
]);
const MAIN = programAt('../../../simulator/src/main.ts');

export interface TestCluster extends AsyncDisposable {
  /** Environment for a server that uses this cluster. */
  env: Record<string, string>;
  /** Accepts connections but responds to nothing until `resume`. */
  pause(): void;
  resume(): void;
}

export async function startCluster(): Promise<TestCluster> {
  const dir = temporaryDir();
  const kubeconfig = join(dir.path, 'kubeconfig');
  const child = spawn(process.execPath, [MAIN, ':memory:', kubeconfig, '0.1', ENGINES], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  await Promise.race([once(child.stdout, 'data'), ended.then(() => Promise.reject(new Error('no cluster')))]);
  return {
    env: { SHOPYARD_CLUSTER: 'kubeconfig', KUBECONFIG: kubeconfig },
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    async [Symbol.asyncDispose]() {
      child.kill('SIGCONT');
      child.stdin.end();
      await ended;
      dir[Symbol.dispose]();
    },
  };
}

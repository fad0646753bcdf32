/** The kubeconfig with which kubectl, helm and the client library reach the embedded cluster. */
import { chmodSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';

/** `insecure-skip-tls-verify`: there is no TLS on loopback, and the client library wants that said. */
const NAME = 'shopyard-embedded';

export function kubeconfigFor(url: string): string {
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': NAME,
    clusters: [{ name: NAME, cluster: { server: url, 'insecure-skip-tls-verify': true } }],
    users: [{ name: NAME, user: {} }],
    contexts: [{ name: NAME, context: { cluster: NAME, user: NAME } }],
  });
}

/** The server's URL in a kubeconfig of ours; undefined without one that can be read. */
export function readServer(file: string): string | undefined {
  try {
    const config = parse(readFileSync(file, 'utf8')) as { clusters: { cluster: { server: unknown } }[] };
    const server = config.clusters[0]?.cluster.server;
    return typeof server === 'string' ? server : undefined;
  } catch {
    return undefined;
  }
}

/** Replaces the file in one step, readable by its owner alone. One that says the same already stays. */
export function writeKubeconfig(file: string, text: string): void {
  if (isText(file, text)) return chmodSync(file, 0o600);
  const beside = `${file}.new`;
  // Left by a run that was cut off, it would keep its mode.
  rmSync(beside, { force: true });
  writeFileSync(beside, text, { mode: 0o600, flag: 'wx' });
  renameSync(beside, file);
}

function isText(file: string, text: string): boolean {
  try {
    return readFileSync(file, 'utf8') === text;
  } catch {
    return false;
  }
}

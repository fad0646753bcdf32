/** The kubeconfig with which kubectl, helm and the client library reach the embedded cluster. */
import { chmodSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';

/** `insecure-skip-tls-verify`: loopback has no TLS, and the client library requires saying so. */
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

/** The server's URL in one of our kubeconfigs; undefined if it can't be read. */
export function readServer(file: string): string | undefined {
  try {
    // We wrote the file.
    const config = parse(readFileSync(file, 'utf8')) as { clusters: { cluster: { server: unknown } }[] };
    const server = config.clusters[0]?.cluster.server;
    return typeof server === 'string' ? server : undefined;
  } catch {
    return undefined;
  }
}

/** Replaces the file atomically, readable only by its owner. Leaves a file with the same contents alone. */
export function writeKubeconfig(file: string, text: string): void {
  if (isText(file, text)) return chmodSync(file, 0o600);
  const beside = `${file}.new`;
  // A leftover of an interrupted run would keep its mode.
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

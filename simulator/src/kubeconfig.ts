/** The kubeconfig with which kubectl, helm and the client library reach the embedded cluster. */
import { stringify } from 'yaml';

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

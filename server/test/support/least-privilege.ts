/** A kubeconfig for exactly the account that charts/platform creates, with its RBAC and admission policies. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parse, stringify } from 'yaml';
import { type Tools, toolsFor } from './tools.ts';

const CHART = fileURLToPath(new URL('../../../charts/platform', import.meta.url));
const NAMESPACE = 'shopyard-e2e';
const ACCOUNT = 'shopyard';
/** The account binds this ClusterRole to itself in each store's namespace. */
export const STORE_ROLE = `${NAMESPACE}-${ACCOUNT}-store`;
/** The account's own name, as subject of a binding. */
export const SUBJECT = { kind: 'ServiceAccount', namespace: NAMESPACE, name: ACCOUNT };
/** Environment that charts/platform sets to describe the account. */
export const ACCOUNT_ENV = { SHOPYARD_STORE_ROLE: STORE_ROLE, SHOPYARD_SERVICE_ACCOUNT: `${NAMESPACE}/${ACCOUNT}` };

interface KubeconfigFile {
  users: { name: string; user: unknown }[];
  contexts: { name: string; context: { user: string } }[];
  'current-context': string;
}

/** Applies the account with an administrator's kubeconfig; returns the path of its own. */
export async function leastPrivilegeKubeconfig(admin: string, dir: string): Promise<string> {
  const tools = toolsFor(admin, dir);
  const manifest = await tools.helm(
    'template', ACCOUNT, CHART, '--namespace', NAMESPACE,
    '--show-only', 'templates/rbac.yaml', '--show-only', 'templates/admission-policy.yaml',
  ); // prettier-ignore
  const file = join(dir, 'account.yaml');
  // All installations share the Lease's namespace, so no release owns it.
  const namespaces = [NAMESPACE, 'shopyard'].map(
    (name) => `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${name} }`,
  );
  writeFileSync(file, [...namespaces, manifest].join('\n---\n'));
  await tools.kubectl('apply', '-f', file);
  const token = await tools.kubectl('create', 'token', ACCOUNT, '--namespace', NAMESPACE, '--duration', '2h');

  const config = parse(await tools.kubectl('config', 'view', '--raw', '--minify')) as KubeconfigFile;
  const context = config.contexts.find(({ name }) => name === config['current-context']);
  if (!context) throw new Error('the kubeconfig has no current context');
  context.context.user = ACCOUNT;
  config.users = [{ name: ACCOUNT, user: { token: token.trim() } }];
  const path = join(dir, 'account.kubeconfig');
  writeFileSync(path, stringify(config), { mode: 0o600 });
  await enforced(toolsFor(path, dir));
  return path;
}

/** Waits until the policies take effect, about a second after their creation. */
async function enforced(account: Tools): Promise<void> {
  // Only one of the two policies refuses each request.
  for (const name of ['not-a-store', 'store-without-labels'])
    for (;;) {
      const created = await account.kubectl('create', 'namespace', name, '--dry-run=server').then(
        () => true,
        () => false,
      );
      if (!created) break;
      await sleep(100);
    }
}

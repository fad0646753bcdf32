/** A kubeconfig of exactly the account that charts/platform makes: its RBAC and its admission policy, nothing else. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, stringify } from 'yaml';
import { toolsFor } from './tools.ts';

const CHART = fileURLToPath(new URL('../../../charts/platform', import.meta.url));
const NAMESPACE = 'shopyard-e2e';
const ACCOUNT = 'shopyard';

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
  writeFileSync(file, `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${NAMESPACE} }\n---\n${manifest}`);
  await tools.kubectl('apply', '-f', file);
  const token = await tools.kubectl('create', 'token', ACCOUNT, '--namespace', NAMESPACE, '--duration', '2h');

  const config = parse(await tools.kubectl('config', 'view', '--raw', '--minify')) as KubeconfigFile;
  const context = config.contexts.find(({ name }) => name === config['current-context']);
  if (!context) throw new Error('the kubeconfig has no current context');
  context.context.user = ACCOUNT;
  config.users = [{ name: ACCOUNT, user: { token: token.trim() } }];
  const path = join(dir, 'account.kubeconfig');
  writeFileSync(path, stringify(config), { mode: 0o600 });
  return path;
}

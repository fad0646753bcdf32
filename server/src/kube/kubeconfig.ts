/**
 * Reads kubeconfig files as kubectl does, and turns them into one that the client library understands. What the
 * library leaves out and kubectl has: several files, `tokenFile`, paths beside the file, plain HTTP, proxies of the
 * environment, and the cluster info for exec plugins.
 */
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import { parse, stringify } from 'yaml';
import { proxyFor } from './proxy-for.ts';

interface Entry<Key extends string, Value> {
  name: string;
  value: { [key in Key]?: Value };
}

type Fields = Record<string, unknown>;
type Named<Key extends string> = Entry<Key, Fields>['value'] & { name: string };

interface Kubeconfig {
  clusters?: Named<'cluster'>[];
  users?: Named<'user'>[];
  contexts?: Named<'context'>[];
  'current-context'?: string;
}

interface Exec extends Fields {
  apiVersion?: string;
  command?: string;
  env?: { name: string; value: string }[] | null;
  provideClusterInfo?: boolean;
}

/**
 * YAML of the kubeconfig that `paths` (as in KUBECONFIG) name, or of the one in the home folder; undefined where there
 * is none. Throws when a file can't be read.
 */
export function readKubeconfig(paths: string | undefined, env: NodeJS.ProcessEnv = process.env): string | undefined {
  const files = (paths ? paths.split(delimiter) : [join(homedir(), '.kube/config')]).filter(Boolean);
  // As with kubectl, any of several files may be missing.
  const found = files.length > 1 || !paths ? files.filter((file) => existsSync(file)) : files;
  if (found.length === 0) return undefined;
  const read = found.map((file) =>
    // Every field may be missing; it is not ours to validate.
    withAbsolutePaths((parse(readFileSync(file, 'utf8')) ?? {}) as Kubeconfig, dirname(file)),
  );
  const clusters = firstOfEachName(read.flatMap((config) => config.clusters ?? []));
  const contexts = firstOfEachName(read.flatMap((config) => config.contexts ?? []));
  const users = firstOfEachName(read.flatMap((config) => config.users ?? []));
  const current = read.map((config) => config['current-context']).find(Boolean) ?? '';
  const clusterOf = (user: string): Fields => {
    const own = contexts.filter(({ context }) => context?.['user'] === user);
    const name = (own.find((context) => context.name === current) ?? own[0])?.context?.['cluster'];
    return clusters.find((cluster) => cluster.name === name)?.cluster ?? {};
  };
  return stringify({
    clusters: clusters.map(({ name, cluster = {} }) => ({ name, cluster: reachable(cluster, env) })),
    contexts,
    users: users.map(({ name, user }) => ({ name, user: withExecInfo(user ?? {}, clusterOf(name)) })),
    'current-context': current,
  });
}

function firstOfEachName<Item extends { name: string }>(items: Item[]): Item[] {
  return [...new Map(items.toReversed().map((item) => [item.name, item])).values()].toReversed();
}

function withAbsolutePaths(config: Kubeconfig, folder: string): Kubeconfig {
  const beside = (path: unknown): unknown =>
    typeof path === 'string' && path && !isAbsolute(path) ? join(folder, path) : path;
  const fix = (fields: Fields | undefined, names: string[]): Fields =>
    Object.fromEntries(
      Object.entries(fields ?? {}).map(([name, value]) => [name, names.includes(name) ? beside(value) : value]),
    );
  return {
    ...config,
    clusters: (config.clusters ?? []).map((entry) => ({
      ...entry,
      cluster: fix(entry.cluster, ['certificate-authority']),
    })),
    users: (config.users ?? []).map((entry) => {
      const user = fix(entry.user, ['client-certificate', 'client-key', 'tokenFile']);
      // Every field may be missing; it is not ours to validate.
      const exec = user['exec'] as Exec | null | undefined;
      // A bare name is looked up in PATH.
      if (exec?.command?.includes('/')) user['exec'] = { ...exec, command: beside(exec.command) };
      return { ...entry, user };
    }),
  };
}

function reachable(cluster: Fields, env: NodeJS.ProcessEnv): Fields {
  const server = typeof cluster['server'] === 'string' ? cluster['server'] : '';
  const proxy = cluster['proxy-url'] || proxyFor(server, env);
  return {
    ...cluster,
    ...(proxy ? { 'proxy-url': proxy } : {}),
    ...(server.startsWith('http:') ? { 'insecure-skip-tls-verify': true } : {}),
  };
}

function withExecInfo(user: Fields, cluster: Fields): Fields {
  const { tokenFile, ...rest } = user;
  if (typeof tokenFile === 'string' && tokenFile)
    return { ...rest, token: undefined, 'auth-provider': { name: 'tokenFile', config: { tokenFile } } };
  // Every field may be missing; it is not ours to validate.
  const exec = user['exec'] as Exec | null | undefined;
  if (!exec) return user;
  const spec = { interactive: false, ...(exec.provideClusterInfo ? { cluster: toExecCluster(cluster) } : {}) };
  const info = { apiVersion: exec.apiVersion, kind: 'ExecCredential', spec };
  const execInfo = { name: 'KUBERNETES_EXEC_INFO', value: JSON.stringify(info) };
  return { ...user, exec: { ...exec, env: [...(exec.env ?? []), execInfo] } };
}

/** The cluster as the API of exec plugins has it: the certificate's content, and the plugin's own settings. */
function toExecCluster({ extensions, 'certificate-authority': file, ...cluster }: Fields): Fields {
  // Every field may be missing; it is not ours to validate.
  const own = (extensions as { name: string; extension: unknown }[] | null | undefined)?.find(
    ({ name }) => name === 'client.authentication.k8s.io/exec',
  );
  const data = typeof file === 'string' && file ? readFileSync(file).toString('base64') : undefined;
  return {
    ...cluster,
    ...(data === undefined ? {} : { 'certificate-authority-data': data }),
    ...(own ? { config: own.extension } : {}),
  };
}

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDir } from '@shopyard/testkit';
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { readKubeconfig } from './kubeconfig.ts';

interface Read {
  clusters: { name: string; cluster: Record<string, unknown> }[];
  users: { name: string; user: Record<string, unknown> }[];
  'current-context': string;
}

function read(
  files: Record<string, object>,
  paths: string[],
  env: NodeJS.ProcessEnv = {},
): { dir: string; read: Read } {
  using dir = temporaryDir();
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(dir.path, name, '..'), { recursive: true });
    writeFileSync(join(dir.path, name), stringify(content));
  }
  const text = readKubeconfig(paths.map((path) => join(dir.path, path)).join(':'), env);
  return { dir: dir.path, read: parse(text ?? '{}') as Read };
}

const cluster = (name: string, more: object = {}): object => ({
  name,
  cluster: { server: `https://${name}.example.com`, ...more },
});

test('the first of several files wins; missing files are skipped', () => {
  const { read: merged } = read(
    {
      a: { clusters: [cluster('one')], 'current-context': '' },
      b: { clusters: [cluster('one', { server: 'https://other' }), cluster('two')], 'current-context': 'x' },
    },
    ['a', 'missing', 'b'],
  );
  expect(merged.clusters.map(({ cluster }) => cluster['server'])).toEqual([
    'https://one.example.com',
    'https://two.example.com',
  ]);
  expect(merged['current-context']).toBe('x');
});

test('a single file that is missing is an error', () => {
  expect(() => read({}, ['missing'])).toThrow('missing');
});

test('resolves relative paths against their own file', () => {
  const { dir, read: merged } = read(
    {
      'folder/a': {
        clusters: [cluster('one', { 'certificate-authority': 'ca.crt' })],
        users: [
          { name: 'file', user: { tokenFile: 'token', token: 'ignored' } },
          { name: 'plugin', user: { exec: { command: './bin/login' } } },
          { name: 'found', user: { exec: { command: 'login' } } },
        ],
      },
    },
    ['folder/a'],
  );
  const [file, plugin, found] = merged.users.map(({ user }) => user);
  expect(merged.clusters[0]?.cluster['certificate-authority']).toBe(join(dir, 'folder/ca.crt'));
  expect(file).toEqual({ 'auth-provider': { name: 'tokenFile', config: { tokenFile: join(dir, 'folder/token') } } });
  expect(plugin).toMatchObject({ exec: { command: join(dir, 'folder/bin/login') } });
  expect(found).toMatchObject({ exec: { command: 'login' } });
});

test('passes a plugin its API version, and the cluster on request', () => {
  const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: 'login', provideClusterInfo: true };
  const { read: merged } = read(
    {
      a: {
        clusters: [cluster('one')],
        contexts: [{ name: 'x', context: { cluster: 'one', user: 'u' } }],
        users: [{ name: 'u', user: { exec } }],
      },
    },
    ['a'],
  );
  const told = merged.users[0]?.user['exec'] as { env: { name: string; value: string }[] } | undefined;
  const info = told?.env.find(({ name }) => name === 'KUBERNETES_EXEC_INFO');
  expect(JSON.parse(info?.value ?? '')).toEqual({
    apiVersion: exec.apiVersion,
    kind: 'ExecCredential',
    spec: { interactive: false, cluster: { server: 'https://one.example.com' } },
  });
});

test('tells a plugin the cluster of the current context, its certificate, and the settings meant for the plugin', () => {
  using dir = temporaryDir();
  writeFileSync(join(dir.path, 'ca.crt'), 'certificate');
  const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: 'login', provideClusterInfo: true };
  const settings = { name: 'client.authentication.k8s.io/exec', extension: { audience: 'shops' } };
  const two = cluster('two', {
    'certificate-authority': join(dir.path, 'ca.crt'),
    extensions: [{ name: 'other', extension: {} }, settings],
  });
  const config = {
    clusters: [cluster('one'), two],
    contexts: ['one', 'two'].map((name) => ({ name: `at-${name}`, context: { cluster: name, user: 'u' } })),
    users: [{ name: 'u', user: { exec } }],
    'current-context': 'at-two',
  };
  const told = read({ a: config }, ['a']).read.users[0]?.user['exec'] as { env: { value: string }[] } | undefined;
  expect(JSON.parse(told?.env.at(-1)?.value ?? '')).toMatchObject({
    spec: {
      cluster: {
        server: 'https://two.example.com',
        'certificate-authority-data': Buffer.from('certificate').toString('base64'),
        config: { audience: 'shops' },
      },
    },
  });
});

test('an empty file among several counts for nothing, and an empty proxy-url is none', () => {
  using dir = temporaryDir();
  writeFileSync(join(dir.path, 'empty'), '');
  writeFileSync(join(dir.path, 'full'), stringify({ clusters: [cluster('one', { 'proxy-url': '' })] }));
  const paths = ['empty', 'full'].map((name) => join(dir.path, name)).join(':');
  const merged = parse(readKubeconfig(paths, { HTTPS_PROXY: 'http://proxy:3128' }) ?? '') as Read;
  expect(merged.clusters.map(({ cluster }) => cluster['proxy-url'])).toEqual(['http://proxy:3128']);
});

test("uses the environment's proxy unless the cluster sets its own", () => {
  const clusters = [cluster('one'), cluster('two', { 'proxy-url': 'socks5://own:1080' })];
  const { read: merged } = read({ a: { clusters } }, ['a'], { HTTPS_PROXY: 'http://proxy:3128' });
  expect(merged.clusters.map(({ cluster }) => cluster['proxy-url'])).toEqual([
    'http://proxy:3128',
    'socks5://own:1080',
  ]);
});

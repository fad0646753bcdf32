/** Expiring credentials: an API server that requires a token, and a kubeconfig that is rewritten. */
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { temporaryDir } from '@shopyard/testkit';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { createKubeClient, loadCredentials } from './client.ts';

test('rereads the kubeconfig on 401 and continues with the new credentials', async () => {
  using dir = temporaryDir();
  let wanted = 'first';
  const seen: string[] = [];
  const server = createServer((req, res) => {
    const token = (req.headers.authorization ?? '').replace('Bearer ', '');
    seen.push(token);
    res.writeHead(token === wanted ? 200 : 401, { 'Content-Type': 'application/json' }).end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const kubeconfig = join(dir.path, 'kubeconfig');
  const renew = (token: string): void => {
    const cluster = {
      server: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      'insecure-skip-tls-verify': true,
    };
    writeFileSync(
      kubeconfig,
      stringify({
        clusters: [{ name: 'c', cluster }],
        users: [{ name: 'u', user: { token } }],
        contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
        'current-context': 'x',
      }),
    );
  };
  renew('first');
  let now = 0;
  const client = createKubeClient(loadCredentials({ kind: 'kubeconfig', kubeconfig }, () => now));
  await client.json('/version');

  wanted = 'second';
  now = 10_000;
  await expect(client.json('/version')).rejects.toMatchObject({ kind: 'unauthorized' });
  renew('second');
  // At most one reread per second.
  await expect(client.json('/version')).rejects.toMatchObject({ kind: 'unauthorized' });
  now = 20_000;
  await client.json('/version');
  await client.json('/version');
  expect(seen).toEqual(['first', 'first', 'first', 'first', 'second', 'second']);
  server.closeAllConnections();
  server.close();
});

test('calls beforeWrite right before each write, but not before reads', async () => {
  const seen: string[] = [];
  const server = createServer((req, res) => {
    seen.push(req.method ?? '');
    res.writeHead(200, { 'Content-Type': 'application/json' }).end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  using dir = temporaryDir();
  const kubeconfig = join(dir.path, 'kubeconfig');
  const { port } = server.address() as AddressInfo;
  const clusters = [{ name: 'c', cluster: { server: `http://127.0.0.1:${port}`, 'insecure-skip-tls-verify': true } }];
  const contexts = [{ name: 'x', context: { cluster: 'c', user: 'u' } }];
  writeFileSync(kubeconfig, stringify({ clusters, contexts, users: [{ name: 'u' }], 'current-context': 'x' }));
  let mayWrite = true;
  const client = createKubeClient(loadCredentials({ kind: 'kubeconfig', kubeconfig }), () => {
    if (!mayWrite) throw new Error('not now');
  });
  const writes = ['POST', 'PUT', 'PATCH', 'DELETE'] as const;
  for (const method of writes) await client.json('/x', { method });
  mayWrite = false;
  for (const method of writes) await expect(client.json('/x', { method })).rejects.toThrow('not now');
  await client.json('/x');
  expect(seen).toEqual([...writes, 'GET']);
  server.closeAllConnections();
  server.close();
});

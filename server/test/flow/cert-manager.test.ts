/** The namespace admits the objects of a cert-manager HTTP-01 challenge, and no further Services of that type. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect, startServerProcess, StoreRecorder, temporaryDir } from '@shopyard/testkit';
import { expect, test } from 'vitest';
import { startOwnCluster } from '../support/own-cluster.ts';

test('a store admits two NodePort Services but no third and no LoadBalancer', async () => {
  using dir = temporaryDir();
  await using cluster = await startOwnCluster(dir.path);
  await using server = await startServerProcess({ dataDir: dir.path, env: cluster.env });
  await using api = connect(server.url);
  using stores = new StoreRecorder(api);
  await api.trpc.stores.create.mutate({ name: 'certified' });
  await stores.phase('certified', 'Ready');

  const service = (type: string, name: string): Promise<string> => {
    const file = join(dir.path, `${name}.json`);
    const spec = { type, ports: [{ port: 8089 }] };
    writeFileSync(file, JSON.stringify({ apiVersion: 'v1', kind: 'Service', metadata: { name }, spec }));
    return cluster.tools.kubectl('create', '-f', file, '-n', 'store-certified');
  };
  await service('NodePort', 'cm-acme-one');
  await service('NodePort', 'cm-acme-two');
  await expect(service('NodePort', 'three')).rejects.toThrow(/exceeded quota: store.*services\.nodeports=2/);
  await expect(service('LoadBalancer', 'open')).rejects.toThrow(/exceeded quota: store.*services\.loadbalancers=0/);
});

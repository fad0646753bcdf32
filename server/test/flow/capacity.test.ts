/** Room for more stores, from the nodes and pods of a cluster that is not the embedded one. */
import type { Capacity } from '@shopyard/contracts';
import { connect, startServerProcess, StoreRecorder, temporaryDir } from '@shopyard/testkit';
import { expect, test } from 'vitest';
import { startOwnCluster } from '../support/own-cluster.ts';

const offered = { cpu: '2', memory: '4Gi', pods: '20' };
const roomOf = ({ room = [] }: Capacity, engine: string): Record<string, number> =>
  Object.fromEntries(room.filter((one) => one.engine === engine).map(({ size, stores }) => [size, stores]));

test('tells the room for more stores, less what the pods of all others and of new stores request', async () => {
  using dir = temporaryDir();
  await using cluster = await startOwnCluster(dir.path);
  const node = JSON.stringify({ status: { allocatable: offered } });
  await cluster.tools.kubectl('patch', 'node', 'embedded', '--subresource=status', '--type=merge', '-p', node);
  const spec = { containers: [{ name: 'x', image: 'x', resources: { requests: { cpu: '200m', memory: '1Gi' } } }] };
  await cluster.tools.kubectl('run', 'other', '--image=x', `--overrides=${JSON.stringify({ spec })}`);
  await using server = await startServerProcess({ env: cluster.env });
  await using api = connect(server.url);

  const before = (await api.trpc.platform.overview.query({ hours: 1 })).capacity;
  expect(before.nodes).toEqual({ usable: 1, total: 1 });
  // Of 3 GiB left, a small store requests 448 MiB and a medium one 896; a large one's 1.5 CPU fit once.
  expect(roomOf(before, 'woocommerce')).toEqual({ small: 6, medium: 3, large: 1 });
  // Of Medusa, small ones request 480 MiB and medium ones 768.
  expect(roomOf(before, 'medusa')).toEqual({ small: 6, medium: 4, large: 1 });

  using stores = new StoreRecorder(api);
  await api.trpc.stores.create.mutate({ name: 'alpha' });
  await stores.phase('alpha', 'Ready');
  const { capacity, activity } = await api.trpc.platform.overview.query({ hours: 1 });
  expect(roomOf(capacity, 'woocommerce')).toEqual({ small: 5, medium: 2, large: 1 });
  expect(roomOf(capacity, 'medusa')).toEqual({ small: 5, medium: 3, large: 1 });
  expect(activity.map(({ store, what }) => [store, what])).toEqual([
    ['alpha', 'Ready'],
    ['alpha', 'create'],
  ]);
});

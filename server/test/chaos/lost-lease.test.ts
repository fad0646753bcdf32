/** A server that was suspended until another one took over its cluster. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { HistoryEntry } from '@shopyard/contracts';
import { expect, onTestFinished, test } from 'vitest';
import { createReady, useSharedCluster } from '../support/shared-cluster.ts';

const shared = useSharedCluster();

test('a server resumed after its Lease expired writes nothing and refuses mutations with the reason', async () => {
  const first = await shared.paced('first');
  // A suspended process handles no other signal.
  onTestFinished(() => first.kill());
  const id = await createReady(first, 'alpha');
  await expect(shared.paced('second')).rejects.toThrow('This cluster is run by Shopyard');
  process.kill(first.pid, 'SIGSTOP');
  await sleep(3500);
  await using second = await shared.paced('second');
  const before = await shared.fingerprint();
  process.kill(first.pid, 'SIGCONT');
  const calls = [
    ['POST', '/stores', { name: 'beta' }],
    ['PATCH', `/stores/${id}`, { values: { size: 'large' } }],
    ['POST', `/stores/${id}/retry`, undefined],
    ['POST', `/stores/${id}/credentials`, undefined],
    ['DELETE', `/stores/${id}`, undefined],
    ['POST', `/stores/${id}/force-remove`, { confirm: 'alpha' }],
    ['POST', '/platform/adopt', { installation: 'in_0000000000000000', confirm: 'in_0000000000000000' }],
  ] as const;
  const refused = new RegExp(
    `has gone to Shopyard ${shared.idOf('second')} \\(v[\\d.]+, at ${second.url}\\).*To get it back, stop that one and start this one again`,
  );
  for (const [method, path, body] of calls) {
    const answer = await fetch(first.url + path, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
    expect([answer.status, await answer.json()], `${method} ${path}`).toEqual([
      503,
      { error: { code: 'unavailable', message: expect.stringMatching(refused) as string } },
    ]);
  }
  // Reads still work, and refused calls leave no trace.
  for (const path of ['/stores', `/stores/${id}`, '/platform', '/platform/overview?hours=1'])
    expect((await fetch(first.url + path)).status, path).toBe(200);
  const history = (await (await fetch(`${first.url}/stores/${id}/timeline`)).json()) as { timeline: HistoryEntry[] };
  expect(history.timeline.filter(({ kind }) => kind === 'call').map(({ what }) => what)).toEqual(['create']);
  await expect
    .poll(async () => (await fetch(`${first.url}/readyz`)).text())
    .toContain(`has gone to Shopyard ${shared.idOf('second')}`);
  await sleep(2000);
  expect(await shared.fingerprint()).toEqual(before);
  expect(await shared.holder()).toContain(`,${second.pid},`);
  const { cluster: health } = (await (await fetch(`${first.url}/platform`)).json()) as { cluster: object };
  expect(health).toMatchObject({ readOnly: expect.stringContaining('this server changes nothing there') as string });
  await first.stop();
  // It releases only what it holds.
  expect(await shared.holder()).toContain(`,${second.pid},`);
});

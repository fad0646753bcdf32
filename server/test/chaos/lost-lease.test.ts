/** A server that was stopped for so long that another one has taken its cluster. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { TimelineEntry } from '@shopyard/contracts';
import { expect, onTestFinished, test } from 'vitest';
import { createReady, useSharedCluster } from '../support/shared-cluster.ts';

const shared = useSharedCluster();

test('stopped past its Lease and going on, it writes nothing, refuses what would change something, and says why', async () => {
  const first = await shared.paced('first');
  // A stopped process heeds nothing else.
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
  // Looking goes on, and what was refused has left no trace.
  for (const path of ['/stores', `/stores/${id}`, '/platform', '/platform/overview?hours=1'])
    expect((await fetch(first.url + path)).status, path).toBe(200);
  const history = (await (await fetch(`${first.url}/stores/${id}/timeline`)).json()) as { timeline: TimelineEntry[] };
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
  // It gives back what it holds, and nothing else.
  expect(await shared.holder()).toContain(`,${second.pid},`);
});

/** Two servers on one cluster: one runs, the other refuses to start. */
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { startServerProcess } from '@shopyard/testkit';
import { describe, expect, test } from 'vitest';
import { createReady, useSharedCluster } from '../support/shared-cluster.ts';
import { toolsFor } from '../support/tools.ts';

const shared = useSharedCluster();

test('a second server refuses to start, names holder and remedy in one sentence, and changes nothing', async () => {
  await using first = await shared.start('first');
  await createReady(first, 'alpha');
  await expect.poll(() => shared.tools.kubectl('get', 'lease', '-n', 'shopyard', '-o', 'yaml')).toContain(first.url);
  const before = await shared.fingerprint();
  const sentence = new RegExp(
    `ended with 1 [^]*shopyard: This cluster is run by Shopyard ${shared.idOf('first')} \\(v[\\d.]+, at ${first.url}, renewed \\d+ s ago\\)\\. Stop it, or adopt its stores once it is stopped: SHOPYARD_ADOPT=${shared.idOf('first')}\\n$`,
  );
  await expect(shared.start('second')).rejects.toThrow(sentence);
  // SHOPYARD_ADOPT alone is not enough while the holder lives.
  await expect(shared.start('second', { env: { SHOPYARD_ADOPT: shared.idOf('first') } })).rejects.toThrow(sentence);
  expect(await shared.fingerprint()).toEqual(before);
  expect((await fetch(`${first.url}/readyz`)).status).toBe(200);
});

test('a second server also refuses the embedded cluster in the data directory of a running server', async () => {
  await using first = await startServerProcess({ dataDir: join(shared.dir, 'first') });
  const kubeconfig = join(shared.dir, 'first', 'simulator.kubeconfig');
  await expect(shared.start('second', { env: { KUBECONFIG: kubeconfig } })).rejects.toThrow(
    `This cluster is run by Shopyard ${shared.idOf('first')}`,
  );
  const lease = await toolsFor(kubeconfig, shared.dir).kubectl('get', 'lease', '-n', 'shopyard', '-o', 'yaml');
  expect(lease).toContain(`,${first.pid},`);
});

test('one of two simultaneous starts wins', async () => {
  const both = await Promise.allSettled([shared.start('first'), shared.start('second')]);
  const winners = both.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const [loser] = both.flatMap((result) => (result.status === 'rejected' ? [String(result.reason)] : []));
  await Promise.all(winners.map((server) => server.stop()));
  expect(winners).toHaveLength(1);
  expect(loser).toContain('This cluster is run by Shopyard in_');
});

test('SIGTERM releases the cluster, so another server starts at once', async () => {
  const first = await shared.start('first');
  expect(await first.stop()).toBe(0);
  expect(await shared.holder()).toBe('');
  await using second = await shared.start('second');
  expect(await shared.holder()).toContain(`${shared.idOf('second')}/`);
  expect(second.log()).not.toContain('run out');
});

test('after kill -9, a server on the same data directory continues at once', async () => {
  const first = await shared.start('first');
  await createReady(first, 'alpha');
  await first.kill();
  const begun = Date.now();
  await using again = await shared.start('first');
  await createReady(again, 'beta');
  expect(Date.now() - begun).toBeLessThan(20_000);
  expect(again.log()).not.toMatch(/waiting for its Lease|run out/);
});

describe('a copied data directory', () => {
  const copy = (withLock: boolean): void => {
    cpSync(join(shared.dir, 'first'), join(shared.dir, 'copy'), { recursive: true });
    if (!withLock) rmSync(join(shared.dir, 'copy', 'server.pid'));
  };

  test('is refused while the original lives, with or without its lock', async () => {
    await using first = await shared.paced('first');
    copy(true);
    await expect(shared.paced('copy')).rejects.toThrow(`pid ${first.pid}`);
    rmSync(join(shared.dir, 'copy'), { recursive: true });
    copy(false);
    await expect(shared.paced('copy')).rejects.toThrow(
      /holds the cluster: waiting for its Lease to run out[^]*another process of this Shopyard, in_[^]*Stop it/,
    );
    expect(await shared.holder()).toContain(`,${first.pid},`);
  });

  test('stands by and takes over within 40 s once the original is killed', async () => {
    const first = await shared.start('first');
    await createReady(first, 'alpha');
    copy(false);
    const begun = Date.now();
    const standby = shared.start('copy');
    await first.kill();
    await using second = await standby;
    expect(Date.now() - begun).toBeLessThan(40_000);
    expect(second.log()).toContain('waiting for its Lease to run out');
    await createReady(second, 'beta');
  });
});

/** Opening a store at its own address, without a manual port-forward. */
import { beforeAll, expect, test } from 'vitest';
import { openStore, type StorePage } from '../support/open-store.ts';
import { useServer } from '../support/use-server.ts';

const used = useServer();

beforeAll(async () => {
  await used.start({ SHOPYARD_SIMULATOR_SPEED: '0.2' });
});

const open = (name: string, path?: string): Promise<StorePage> => openStore(used.server.url, name, path);

test('serves a self-refreshing waiting page, then the shop, then nothing once deleted', async () => {
  expect(await open('nobody')).toMatchObject({
    status: 404,
    body: expect.stringContaining('No shop at this address') as string,
  });

  const { id } = await used.api.trpc.stores.create.mutate({ name: 'alpha' });
  const early = await open('alpha');
  expect(early.status).toBe(503);
  expect(early.body).toContain('http-equiv="refresh"');
  expect(early.body).toContain('This shop opens soon');

  await used.stores.phase('alpha', 'Ready');
  const shop = await open('alpha');
  expect(shop).toMatchObject({ status: 200, body: expect.stringContaining('Sample Mug') as string });
  expect((await open('alpha', '/nowhere')).status).toBe(404);
  const { url } = await used.api.trpc.stores.loginLink.mutate({ id });
  const signedIn = await open('alpha', url.slice(new URL(url).origin.length));
  expect(signedIn).toMatchObject({ status: 303, headers: { location: '/wp-admin/' } });
  expect((await open('alpha', '/wp-admin/')).body).toContain('Dashboard');
  const many = await Promise.all(Array.from({ length: 40 }, () => open('alpha', '/shop/')));
  expect(new Set(many.map(({ status }) => status))).toEqual(new Set([200]));

  await used.api.trpc.stores.remove.mutate({ id });
  await used.stores.gone('alpha');
  expect((await open('alpha')).status).toBe(404);
});

test.each(['no-such-tag', 'simulate-crash', 'simulate-oom', 'simulate-not-ready', 'simulate-unschedulable'])(
  'tells visitors of a shop that cannot start (%s) that it opens soon, without the cause',
  async (tag) => {
    const name = `bad-${tag.replace('simulate-', '')}`;
    const { id } = await used.api.trpc.stores.create.mutate({ name, values: { wordpress: { image: { tag } } } });
    await expect
      .poll(async () => (await used.api.trpc.stores.get.query({ id })).reason, { timeout: 20_000 })
      .toBeDefined();
    const { status, body } = await open(name);
    const text = body.replaceAll(/<style>.*?<\/style>|<[^>]*>/gs, ' ').replaceAll(/\s+/g, ' ').trim(); // prettier-ignore
    expect([status, text]).toEqual([
      503,
      'This shop opens soon This shop opens soon It is being prepared. This page refreshes automatically.',
    ]);
  },
);

test("a store's address never answers with the dashboard or the API", async () => {
  expect((await open('nobody', '/stores')).body).not.toContain('"stores"');
  expect((await open('nobody', '/')).body).not.toContain('<div id="root">');
});

test('SIGTERM ends the server while connections are open', async () => {
  await used.api.trpc.stores.create.mutate({ name: 'open' });
  await used.stores.phase('open', 'Ready');
  expect((await open('open')).status).toBe(200);
  const asked = performance.now();
  expect(await used.server.stop()).toBe(0);
  expect(performance.now() - asked).toBeLessThan(10_000);
});

/** Two teams side by side: what is one's is nothing to the other, not even that it exists. */
import { once } from 'node:events';
import { REST_ROUTES } from '@shopyard/contracts/router';
import { type ServerProcess, startServerProcess, temporaryDir } from '@shopyard/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';

const PASSWORD = 'a long enough one';
const UNKNOWN = 'st_ffffffffffffffff';

type Headers = Record<string, string>;
const dir = temporaryDir();
let server: ServerProcess;
let ann: Headers;
let olga: Headers;
let otto: Headers;
const ids = { a: '', b: '' };

async function send(as: Headers, method: string, path: string, body?: object): Promise<Response> {
  const init = { method, headers: as, ...(body ? { body: JSON.stringify(body) } : {}) };
  return fetch(server.url + path, init);
}
const read = async (as: Headers, path: string): Promise<unknown> => (await send(as, 'GET', path)).json();

async function signIn(body: object): Promise<Headers> {
  const answer = await fetch(`${server.url}/session`, { method: 'POST', body: JSON.stringify(body) });
  return { Cookie: answer.headers.getSetCookie()[0]?.split(';')[0] ?? '', Origin: server.url };
}

async function invite(name: string, role: string, team: string): Promise<Headers> {
  const { code } = (await (await send(ann, 'POST', '/users', { name, role, team })).json()) as { code: string };
  return signIn({ invitation: code, password: PASSWORD });
}

const create = async (as: Headers, body: object): Promise<{ status: number; id: string; code: string }> => {
  const answer = await send(as, 'POST', '/stores', body);
  const { id = '', error } = (await answer.json()) as { id?: string; error?: { code: string } };
  return { status: answer.status, id, code: error?.code ?? '' };
};

beforeAll(async () => {
  server = await startServerProcess({ dataDir: dir.path });
  const { code: setUp } = (await (await send({}, 'POST', '/set-up-codes')).json()) as { code: string };
  ann = await signIn({ setUp, name: 'ann', password: PASSWORD });
  for (const id of ['a', 'b']) await send(ann, 'POST', '/teams', { id });
  olga = await invite('olga', 'owner', 'a');
  otto = await invite('otto', 'owner', 'b');
  ids.a = (await create(olga, { name: 'of-a' })).id;
  ids.b = (await create(otto, { name: 'of-b' })).id;
});
afterAll(async () => {
  await server.stop();
  dir[Symbol.dispose]();
});

test("a new store is the team's of whoever creates it, and no other team may be named", async () => {
  expect(await read(olga, `/stores/${ids.a}`)).toMatchObject({ name: 'of-a', team: 'a', createdBy: 'olga' });
  expect(await create(olga, { name: 'stolen', team: 'b' })).toMatchObject({ status: 404, code: 'not_found' });
  expect(await create(ann, { name: 'of-all' })).toMatchObject({ status: 202 });
  expect(await create(ann, { name: 'for-a', team: 'a' })).toMatchObject({ status: 202 });
});

test('lists, overview and teams hold nothing of another team', async () => {
  const names = async (as: Headers): Promise<string[]> =>
    ((await read(as, '/stores')) as { stores: { name: string }[] }).stores.map(({ name }) => name).toSorted();
  expect(await names(olga)).toEqual(['for-a', 'of-a']);
  expect(await names(otto)).toEqual(['of-b']);
  expect(await names(ann)).toEqual(['for-a', 'of-a', 'of-all', 'of-b']);
  for (const path of ['/stores', '/platform/overview', '/teams', '/me']) {
    const answer = JSON.stringify(await read(otto, path));
    for (const foreign of ['of-a', 'for-a', 'of-all', ids.a, 'olga']) expect(answer, path).not.toContain(foreign);
  }
  const { activity } = (await read(otto, '/platform/overview')) as { activity: { storeId: string }[] };
  expect(new Set(activity.map(({ storeId }) => storeId))).toEqual(new Set([ids.b]));
  for (const path of ['/users', '/audit', '/metrics']) expect((await send(otto, 'GET', path)).status, path).toBe(403);
});

test("another team's store is answered byte for byte like one that does not exist, whatever is asked", async () => {
  const BODY = { values: {}, confirm: 'of-a', schedule: null, expiry: null, window: null, reason: 'because' };
  const routes = Object.values(REST_ROUTES).filter(({ path }) => path.includes('/stores/{id}'));
  expect(routes.length).toBeGreaterThan(20);
  // One of them alone would change too much within a minute.
  const oscar = await invite('oscar', 'owner', 'b');
  for (const { method, path } of routes) {
    const ask = async (as: Headers, id: string): Promise<string> => {
      const query = path.endsWith('/compare') ? '?from=1&to=1' : '';
      const bodyOf = path.endsWith('/window') || path.endsWith('/rollback') ? { window: null } : BODY;
      const body = path === '/stores/{id}' ? { values: {} } : path.endsWith('/rollback') ? {} : bodyOf;
      const answer = await send(as, method, path.replace('{id}', id) + query, method === 'GET' ? undefined : body);
      return `${answer.status} ${(await answer.text()).replaceAll(id, 'ID')}`;
    };
    const foreign = await ask(otto, ids.a);
    expect(foreign, `${method} ${path}`).toBe(await ask(oscar, UNKNOWN));
    expect(foreign, `${method} ${path}`).toMatch(/^40[034] /);
  }
  // Planning a change, and naming what another team has, tell no more.
  const plan = async (id: string): Promise<string> =>
    (await (await send(otto, 'POST', '/plans', { id, values: {} })).text()).replaceAll(id, 'ID');
  expect(await plan(ids.a)).toBe(await plan(UNKNOWN));
});

test("another team's store is answered neither sooner nor later than one that does not exist", async () => {
  const timesOf = { [ids.a]: [] as number[], [UNKNOWN]: [] as number[] };
  // In turns, so that both meet the same load.
  for (let round = 0; round < 500; round += 1)
    for (const id of round % 2 === 0 ? [ids.a, UNKNOWN] : [UNKNOWN, ids.a]) {
      const started = performance.now();
      await (await send(otto, 'GET', `/stores/${id}`)).arrayBuffer();
      timesOf[id]?.push(performance.now() - started);
    }
  const [foreign = 0, unknown = 1] = [ids.a, UNKNOWN].map((id) => timesOf[id]?.toSorted((a, b) => a - b)[250]);
  expect(foreign / unknown).toBeGreaterThan(0.8);
  expect(foreign / unknown).toBeLessThan(1.25);
});

/** What a subscriber of the list is sent, as text. */
async function subscribe(as: Headers): Promise<{ socket: WebSocket; heard: () => string }> {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/trpc`, { headers: as });
  let heard = '';
  socket.on('message', (data: Buffer) => (heard += data.toString()));
  await once(socket, 'open');
  socket.send(JSON.stringify({ id: 1, method: 'subscription', params: { path: 'stores.watch', input: {} } }));
  await expect.poll(() => heard).toContain('snapshot');
  return { socket, heard: () => heard };
}

test('a subscription tells of one team alone, and ends within a second of the membership', async () => {
  const { socket, heard } = await subscribe(otto);
  const { id } = await create(olga, { name: 'later-a' });
  await send(olga, 'DELETE', `/stores/${id}`);
  await create(otto, { name: 'later-b' });
  await expect.poll(heard).toContain('later-b');
  for (const foreign of ['of-a', 'for-a', 'later-a', id, ids.a]) expect(heard()).not.toContain(foreign);
  const closed = once(socket, 'close').then(([code]: number[]) => code);
  await send(ann, 'POST', '/teams/b/members', { name: 'otto', role: null });
  const late = new Promise((resolve) => setTimeout(resolve, 1000, 'still open').unref());
  expect(await Promise.race([closed, late])).toBe(4403);
  expect((await send(otto, 'GET', `/stores/${ids.b}`)).status).toBe(403);
  await send(ann, 'POST', '/teams/b/members', { name: 'otto', role: 'owner' });
});

test('of 20 creates at once for the last place of a team, one is accepted', async () => {
  expect((await send(ann, 'POST', '/teams', { id: 'small', limits: { stores: 1 } })).status).toBe(200);
  const sam = await invite('sam', 'operator', 'small');
  const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => create(sam, { name: `small-${index}` })));
  expect(answers.filter(({ status }) => status === 202)).toHaveLength(1);
  expect(new Set(answers.filter(({ status }) => status !== 202).map(({ code }) => code))).toEqual(
    new Set(['quota_exceeded']),
  );
  const { teams } = (await read(sam, '/teams')) as { teams: object[] };
  expect(teams).toEqual([
    {
      id: 'small',
      limits: { stores: 1 },
      used: { stores: 1, sizeUnits: 1, storageGiB: 4, createsPerHour: 1 },
      role: 'operator',
    },
  ]);
});

test('whoever changes more than 30 things in a minute waits, over each transport, and may still read', async () => {
  const wes = await invite('wes', 'viewer', 'b');
  const revoke = (): Promise<Response> => send(wes, 'DELETE', '/me/tokens/nothing');
  for (let time = 0; time < 30; time++) expect((await revoke()).status).toBe(404);
  const rpc = { ...wes, 'content-type': 'application/json' };
  for (const answer of [await revoke(), await send(rpc, 'POST', '/trpc/access.revokeToken', { id: 'nothing' })]) {
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThan(30);
    expect(await answer.text()).toContain('at most 30 changes within a minute');
  }
  expect((await send(wes, 'GET', '/stores')).status).toBe(200);
});

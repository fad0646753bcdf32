import type { Caller } from '@shopyard/contracts';
import { type Engine, engines } from '@shopyard/engines';
import { expect, test } from 'vitest';
import { toStore } from '../../domain/present-store.ts';
import { EMPTY_VIEW, readyStore, WOOCOMMERCE } from '../../domain/testing.ts';
import { openDatabase } from '../../storage/sqlite/database.ts';
import { createSqliteStorage } from '../../storage/sqlite/sqlite-storage.ts';
import type { StoreAnswer } from '../../store-access/store-http.ts';
import { createReveals } from '../access/reveals.ts';
import { createStoreLogins } from './store-logins.ts';

const ANN: Caller = { user: { name: 'ann' }, roles: ['admin'], via: 'rest' };
const CREDENTIALS = WOOCOMMERCE.credentials({ name: 'alpha' }, (length) => 'x'.repeat(length));
const STORE = toStore(readyStore(), EMPTY_VIEW, WOOCOMMERCE);
const { signIn: _, ...withoutLinks } = WOOCOMMERCE;

interface Given {
  /** Of the store, to the question for its time. */
  answer?: Pick<StoreAnswer, 'status' | 'body'> | Error;
  credentials?: Record<string, string>;
  engine?: Engine;
}

async function ask({ answer = { status: 200, body: '{"signIn":1,"now":1000}' }, ...given }: Given, to?: string) {
  await using storage = createStorage(await openDatabase(':memory:'));
  const asked: string[] = [];
  const logins = createStoreLogins({
    storage,
    liveStores: { get: () => STORE, touch: () => undefined },
    engines: new Map([[STORE.engine, given.engine ?? WOOCOMMERCE]]),
    reach: {
      credentialsOf: () => Promise.resolve('credentials' in given ? given.credentials : CREDENTIALS),
      request: ({ path }) => {
        asked.push(path);
        return answer instanceof Error ? Promise.reject(answer) : Promise.resolve({ ...answer, headers: {} });
      },
    },
    reveals: createReveals(storage.people, () => new Date('2026-01-01T12:00:00.000Z')),
    now: () => new Date('2026-01-01T12:00:00.000Z'),
  });
  const link = await logins.loginLink({ id: STORE.id, to }, ANN).catch((error: unknown) => error);
  const history = await storage.history.ofStore(STORE.id);
  return { link, asked, history: history.map(({ actor, what, message }) => [actor, what, message].join(' ').trim()) };
}

function createStorage(db: Awaited<ReturnType<typeof openDatabase>>) {
  const storage = createSqliteStorage(db, () => STORE.url);
  return Object.assign(storage, { [Symbol.asyncDispose]: () => storage.close() });
}

test('makes a link to the store that expires in a minute, and names its caller and its page', async () => {
  const { link, asked, history } = await ask({}, 'edit.php?post_type=product');
  expect(link).toMatchObject({ expiresAt: '2026-01-01T12:01:00.000Z' });
  const { origin, pathname, searchParams } = new URL((link as { url: string }).url);
  expect({ origin, pathname }).toEqual({ origin: STORE.url, pathname: '/wp-login.php' });
  const [text = ''] = searchParams.get('shopyard-sign-in-token')?.split('.') ?? [];
  expect(JSON.parse(Buffer.from(text, 'base64url').toString())).toMatchObject({
    user: CREDENTIALS['wordpress-username'],
    to: 'edit.php?post_type=product',
    // By the store's clock.
    expires: 1060,
  });
  expect(asked).toEqual(['/wp-login.php?shopyard-sign-in-token=']);
  expect(history).toEqual(['ann login-link edit.php?post_type=product']);
});

test('two links differ', async () => {
  const [one, other] = [await ask({}), await ask({})];
  expect(one.link).not.toEqual(other.link);
  expect(one.history).toEqual(['ann login-link']);
});

test.each<Given & { what: string; says: RegExp }>([
  {
    what: 'older than the plugin',
    answer: { status: 200, body: '<html>Log In' },
    says: /set up before .*: update it once/,
  },
  { what: 'hiding its login page', answer: { status: 404, body: 'null' }, says: /set up before .*: update it once/ },
  { what: 'failing', answer: { status: 500, body: '{"signIn":1,"now":1}' }, says: /answers 500: see its log/ },
  {
    what: 'not running',
    answer: new Error('none of its pods is ready'),
    says: /not answer: none of its pods is ready/,
  },
  { what: 'without a login', credentials: {}, says: /has no login yet/ },
  { what: 'of a kind without links', engine: withoutLinks, says: /WooCommerce has no sign-in links/ },
])('refuses a store $what with the remedy, and notes nothing', async ({ says, what: __, ...given }) => {
  const { link, history } = await ask(given);
  expect(link).toMatchObject({ code: 'unavailable', message: expect.stringMatching(says) as string });
  expect(history).toEqual([]);
});

/** The same text is in stores-in-node/src/sign-in.test.ts, where the store's side takes it. */
const TOKEN =
  'eyJ1c2VyIjoiYWRtaW4tYWIxMiIsInRvIjoiIiwibm9uY2UiOiJubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubiIsImV4cGlyZXMiOjE4MDAwMDAwNjB9.9_OCqKjCyB1AL21w6hhm55pVJ5AQrzoogr1L0Ye23r4';

test('a link reads as the store expects it', async () => {
  const link = await engines
    .get('woocommerce')
    ?.signIn?.(() => Promise.resolve({ status: 200, headers: {}, body: '{"signIn":1,"now":1800000000}' }), {
      url: 'http://alpha.localhost:3000',
      credentials: {
        'wordpress-username': 'admin-ab12',
        'secure-auth-key': 'k'.repeat(64),
        'secure-auth-salt': 's'.repeat(64),
      },
      to: '',
      random: (length) => 'n'.repeat(length),
    });
  expect(link).toEqual({ path: `/wp-login.php?shopyard-sign-in-token=${TOKEN}`, seconds: 60 });
});

test('an account reads ten logins in an hour, and no other is held to that', async () => {
  let at = new Date('2026-01-01T12:00:00.000Z');
  await using storage = createStorage(await openDatabase(':memory:'));
  const reveals = createReveals(storage.people, () => at);
  const ann: Caller = { user: { name: 'ann', id: 'us_1' }, roles: [], via: 'dashboard', by: 'session' };
  for (let time = 0; time < 10; time++) await reveals.count(ann);
  await expect(reveals.count(ann)).rejects.toMatchObject({ code: 'too_many_requests', retryAfterS: 3600 });
  await reveals.count({ ...ann, user: { name: 'bob', id: 'us_2' } });
  for (let time = 0; time < 20; time++) await reveals.count({ ...ann, user: { name: 'local' }, by: 'open' });
  at = new Date(at.getTime() + 3_600_000);
  await reveals.count(ann);
});

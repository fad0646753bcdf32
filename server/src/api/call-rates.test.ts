import type { TooManyRequestsError } from '@shopyard/contracts';
import { beforeEach, expect, test } from 'vitest';
import { createCallRates } from './call-rates.ts';
import type { Admit, Identity } from './identity.ts';

const ANN: Identity = { id: 'us_1', name: 'ann', key: 'user ann', roles: [], by: 'session', address: '192.0.2.1' };
const CI: Identity = { ...ANN, by: 'token', token: 'abcdefgh' };
const LOCAL: Identity = { name: 'local', key: '127.0.0.1', roles: ['admin'], by: 'open', address: '127.0.0.1' };

let at: number;
let admit: Admit;
beforeEach(() => {
  at = Date.parse('2026-01-01T12:00:00.000Z');
  admit = createCallRates(() => new Date(at));
});

/** How many of the calls get through, and how the last one is refused. */
function call(identity: Identity, type: 'query' | 'mutation', times: number) {
  let through = 0;
  let refused: TooManyRequestsError | undefined;
  for (let time = 0; time < times; time++)
    try {
      admit(identity, type);
      through += 1;
    } catch (error) {
      refused = error as TooManyRequestsError;
    }
  return { through, message: refused?.message, seconds: refused?.retryAfterS };
}

test('30 changes in a minute, whichever way the caller comes in, and any number of reads', () => {
  expect(call(ANN, 'query', 5000)).toMatchObject({ through: 5000 });
  expect(call(ANN, 'mutation', 20)).toMatchObject({ through: 20 });
  at += 15_000;
  const message = 'at most 30 changes within a minute: try again in 45 s';
  expect(call(CI, 'mutation', 20)).toEqual({ through: 10, message, seconds: 45 });
  expect(call({ ...ANN, id: 'us_2', key: 'user bob' }, 'mutation', 1)).toMatchObject({ through: 1 });
  at += 45_000;
  expect(call(ANN, 'mutation', 1)).toMatchObject({ through: 1 });
});

test('600 calls in a minute with one token, of whatever kind, and as many with another one', () => {
  expect(call(CI, 'query', 650)).toMatchObject({ through: 600, seconds: 60 });
  expect(call(CI, 'mutation', 1).message).toContain('at most 600 calls with this token');
  expect(call({ ...CI, token: 'ijklmnop' }, 'query', 1)).toMatchObject({ through: 1 });
  expect(call(ANN, 'query', 1)).toMatchObject({ through: 1 });
});

test('nobody without an account is held to it: scripts of this machine create any number of stores', () => {
  expect(call(LOCAL, 'mutation', 5000)).toMatchObject({ through: 5000 });
  expect(call({ ...LOCAL, by: 'token' }, 'mutation', 5000)).toMatchObject({ through: 5000 });
  expect(call({ ...LOCAL, name: 'ann', key: 'user ann', by: 'proxy' }, 'mutation', 40)).toMatchObject({ through: 30 });
});

test('remembers no caller for longer than its minute', () => {
  for (let user = 0; user < 1000; user++) call({ ...ANN, key: `user ${user}` }, 'mutation', 30);
  expect(call({ ...ANN, key: 'user 0' }, 'mutation', 1)).toMatchObject({ through: 0 });
  at += 60_000;
  expect(call({ ...ANN, key: 'user 0' }, 'mutation', 30)).toMatchObject({ through: 30 });
});

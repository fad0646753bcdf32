import type { Caller, Role, ShopyardError, SignIn } from '@shopyard/contracts';
import { beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from '../../storage/sqlite/database.ts';
import { createSqliteStorage } from '../../storage/sqlite/sqlite-storage.ts';
import type { Storage } from '../../storage/storage.ts';
import { type Access, type AccessMode, createAccess } from './access.ts';
import { createReveals, type Reveals } from './reveals.ts';
import { resetAdmin } from './reset-admin.ts';
import { createTeams, type Teams } from './teams.ts';

const HOUR_MS = 3_600_000;
const PASSWORD = 'a long enough one';
const HERE = { address: '192.0.2.1', client: 'Firefox' };
const THERE = { address: '192.0.2.2', client: 'curl' };

let storage: Storage;
let access: Access;
let teams: Teams;
let at: Date;
beforeEach(async () => {
  at = new Date('2026-01-01T12:00:00.000Z');
  storage = createSqliteStorage(await openDatabase(':memory:'), () => '');
  access = await open('elsewhere');
  const useOf = (stores: readonly object[]) => ({ stores: stores.length, sizeUnits: 0, storageGiB: 0 });
  const onRevoked = (): void => access.revoked.emit();
  teams = createTeams({ people: storage.people, stores: storage.stores, useOf, now: () => at, onRevoked });
});

const open = (mode: AccessMode): Promise<Access> =>
  createAccess({ storage, now: () => at, mode, token: mode === 'open' ? 'kept' : undefined });
const pass = (ms: number): Date => (at = new Date(at.getTime() + ms));
const admin: Caller = { user: { name: 'ann' }, roles: ['admin'], via: 'rest' };

async function setUp(name = 'ann'): Promise<string> {
  const { code } = await access.service.createSetUpCode(admin);
  return access.signIn({ setUp: code, name, password: PASSWORD }, HERE);
}

async function invite(name: string, role: Role): Promise<{ id: string; secret: string }> {
  const { user, code } = await access.service.createUser({ name, role, team: 'default' }, admin);
  return { id: user.id, secret: await access.signIn({ invitation: code, password: PASSWORD }, HERE) };
}

const refusal = (input: SignIn, visitor = HERE): Promise<string> =>
  access.signIn(input, visitor).then(
    () => 'signed in',
    (error: ShopyardError) => error.code,
  );
const guess = (name: string, visitor = HERE): Promise<string> => refusal({ name, password: 'not that one' }, visitor);

describe('the first account', () => {
  test('is an administrator, and signs in with its password from then on', async () => {
    expect(access.way()).toBe('set-up');
    expect(await access.bySession(await setUp())).toMatchObject({ name: 'ann', roles: ['admin'], by: 'session' });
    expect(access.way()).toBe('password');
    const secret = await access.signIn({ name: 'Ann', password: PASSWORD }, HERE);
    expect(await access.bySession(secret)).toMatchObject({ name: 'ann' });
  });

  test('is created once: a code that is used, late, beside an account or of another kind is no use', async () => {
    const codes = await Promise.all([1, 2, 3].map(() => access.codes.issue('set-up')));
    const create = (code = ''): Promise<string> => refusal({ setUp: code, name: 'ann', password: PASSWORD });
    pass(HOUR_MS);
    expect(await create(codes[0]?.code)).toBe('unauthorized');
    const [fresh, other] = await Promise.all([1, 2].map(() => access.codes.issue('set-up')));
    expect(await create((await access.codes.issue('sign-in')).code)).toBe('unauthorized');
    expect(await create(fresh?.code)).toBe('signed in');
    expect(await create(fresh?.code)).toBe('unauthorized');
    expect(await create(other?.code)).toBe('unauthorized');
    await expect(access.service.createSetUpCode(admin)).rejects.toMatchObject({ code: 'unavailable' });
  });

  test('is created with a code that the operator chose, however late, and only once', async () => {
    await access.codes.keepGiven('given');
    pass(1000 * HOUR_MS);
    expect(await refusal({ setUp: 'given', name: 'ann', password: PASSWORD })).toBe('signed in');
    await access.codes.keepGiven('given');
    expect(await refusal({ setUp: 'given', name: 'eve', password: PASSWORD })).toBe('unauthorized');
  });

  test('ends what let people in before it: sign-in links, their sessions, and the open door', async () => {
    access = await open('open');
    expect([access.isAsked(), access.way()]).toEqual([false, 'nothing']);
    const { code } = await access.codes.issue('sign-in');
    const secret = await access.signIn({ code }, HERE);
    expect(await access.bySession(secret)).toMatchObject({ name: 'local' });
    const unused = await access.codes.issue('sign-in');
    let revocations = 0;
    access.revoked.listen(() => (revocations += 1));
    await setUp();
    expect([access.isAsked(), access.way(), revocations]).toEqual([true, 'password', 1]);
    expect(await access.bySession(secret)).toBeUndefined();
    expect(await refusal({ code: unused.code })).toBe('unauthorized');
    // Whoever may read the server's data owns it.
    expect(await access.byToken('kept', HERE)).toMatchObject({ roles: ['admin'] });
    expect((await open('open')).isAsked()).toBe(true);
  });

  test.each([
    { what: 'few different characters', password: 'aaaabbbbaaaabbbb' },
    { what: 'one that everybody tries', password: 'Password1234' },
    { what: 'the name again', password: 'ann-annanna1ann' },
  ])('is not created with a password of $what, and its code stays good', async ({ password }) => {
    const { code } = await access.codes.issue('set-up');
    await expect(access.signIn({ setUp: code, name: 'ann-anna', password }, HERE)).rejects.toMatchObject({
      code: 'validation_failed',
      issues: [{ field: 'password' }],
    });
    expect(await refusal({ setUp: code, name: 'ann', password: PASSWORD })).toBe('signed in');
  });
});

describe('guessing passwords', () => {
  beforeEach(() => setUp());

  test('the 6th wrong one waits, also after a restart, and says for how long; elsewhere the right one works', async () => {
    for (let tries = 0; tries < 5; tries++) expect(await guess('ann')).toBe('unauthorized');
    expect(await guess('ann')).toBe('too_many_requests');
    access = await open('elsewhere');
    pass(5 * 60_000);
    await expect(access.signIn({ name: 'ann', password: PASSWORD }, HERE)).rejects.toMatchObject({ retryAfterS: 600 });
    expect(await refusal({ name: 'ann', password: PASSWORD }, THERE)).toBe('signed in');
    pass(10 * 60_000);
    expect(await refusal({ name: 'ann', password: PASSWORD })).toBe('signed in');
  });

  test('of 1,000 tries from one address, over all names, 50 are looked at, and nobody is locked out elsewhere', async () => {
    const codes = new Map<string, number>();
    for (let tries = 0; tries < 1000; tries++) {
      const code = await guess(`user${tries}`);
      codes.set(code, (codes.get(code) ?? 0) + 1);
    }
    expect(Object.fromEntries(codes)).toEqual({ unauthorized: 50, too_many_requests: 950 });
    expect(await refusal({ name: 'ann', password: PASSWORD }, THERE)).toBe('signed in');
  }, 120_000);

  test('right passwords count against nobody', async () => {
    for (let tries = 0; tries < 8; tries++)
      expect(await refusal({ name: 'ann', password: PASSWORD })).toBe('signed in');
  });

  test('says the same of a wrong password, an unknown name, a disabled user and one who has no password yet', async () => {
    const { id } = await invite('bob', 'viewer');
    await access.service.changeUser({ id, disabled: true }, admin);
    await access.service.createUser({ name: 'eve', role: 'viewer', team: 'default' }, admin);
    const messages = new Set<string>();
    for (const [name, password] of [
      ['ann', 'not that one'],
      ['nobody', PASSWORD],
      ['bob', PASSWORD],
      ['eve', PASSWORD],
    ])
      await access
        .signIn({ name: name ?? '', password: password ?? '' }, THERE)
        .catch((error: Error) => messages.add(error.message));
    expect([...messages]).toEqual(['the name or the password is wrong']);
  });
});

describe('users', () => {
  beforeEach(() => setUp());

  test('an invitation sets a password once, and a later one sets another and ends the sessions', async () => {
    const { id, secret } = await invite('bob', 'operator');
    expect(await access.bySession(secret)).toMatchObject({
      id,
      name: 'bob',
      roles: [],
      teams: { default: 'operator' },
    });
    const { code } = await access.service.inviteUser(id, admin);
    expect(await refusal({ name: 'bob', password: PASSWORD })).toBe('signed in');
    expect(await refusal({ invitation: code, password: 'quite another one' })).toBe('signed in');
    expect(await refusal({ invitation: code, password: PASSWORD })).toBe('unauthorized');
    expect(await access.bySession(secret)).toBeUndefined();
    expect(await refusal({ name: 'bob', password: PASSWORD })).toBe('unauthorized');
  });

  test('a lower role counts at the next call, and a disabled user is out', async () => {
    const { id, secret } = await invite('bob', 'owner');
    await teams.setMember({ team: 'default', name: 'bob', role: 'viewer' }, admin);
    expect(await access.bySession(secret)).toMatchObject({ roles: [], teams: { default: 'viewer' } });
    await access.service.changeUser({ id, disabled: true }, admin);
    expect(await access.bySession(secret)).toBeUndefined();
    expect(await refusal({ name: 'bob', password: PASSWORD })).toBe('unauthorized');
  });

  test('the last administrator stays one, and a name is used once', async () => {
    const [ann] = await access.service.users();
    const change = (what: object): Promise<unknown> => access.service.changeUser({ id: ann?.id ?? '', ...what }, admin);
    await expect(change({ admin: false })).rejects.toMatchObject({ issues: [{ field: 'admin' }] });
    await expect(change({ disabled: true })).rejects.toMatchObject({ code: 'validation_failed' });
    // One who can't sign in yet is no help.
    await access.service.createUser({ name: 'eve', role: 'admin', team: 'default' }, admin);
    await expect(change({ admin: false })).rejects.toMatchObject({ code: 'validation_failed' });
    await invite('bob', 'admin');
    expect(await change({ admin: false })).not.toHaveProperty('admin');
    await expect(
      access.service.createUser({ name: 'ann', role: 'viewer', team: 'default' }, admin),
    ).rejects.toMatchObject({
      code: 'name_taken',
    });
  });

  test('no user is created before the first account, because nobody could manage them', async () => {
    storage = createSqliteStorage(await openDatabase(':memory:'), () => '');
    access = await open('open');
    await expect(
      access.service.createUser({ name: 'bob', role: 'viewer', team: 'default' }, admin),
    ).rejects.toMatchObject({
      code: 'unavailable',
    });
  });

  test('reset-admin lets an administrator who lost the password, or was disabled, choose another', async () => {
    const secret = await access.signIn({ name: 'ann', password: PASSWORD }, HERE);
    const { name, code } = await resetAdmin(storage.people, undefined, at);
    expect([name, await access.bySession(secret)]).toEqual(['ann', undefined]);
    expect(await refusal({ invitation: code, password: 'quite another one' })).toBe('signed in');
    await expect(resetAdmin(storage.people, 'eve', at)).rejects.toThrow('name one of: ann');
  });
});

describe("one's own account", () => {
  let ann: Caller;
  let secret: string;
  beforeEach(async () => {
    secret = await setUp();
    ann = await callerOf(secret);
  });

  async function callerOf(of: string): Promise<Caller> {
    const person = await access.bySession(of);
    if (!person) throw new Error('the session has ended');
    return {
      user: { name: person.name, id: person.id },
      roles: person.roles,
      teams: person.teams,
      session: person.session,
      by: 'session',
      via: 'rest',
    };
  }

  test('shows where it is signed in, and ends what is its own', async () => {
    const other = await access.signIn({ name: 'ann', password: PASSWORD }, THERE);
    const { secret: bobs } = await invite('bob', 'viewer');
    const sessions = await access.service.sessions(ann);
    expect(
      sessions.map(({ client, current }) => ({ client, current })).toSorted((a, b) => a.client.localeCompare(b.client)),
    ).toEqual([
      { client: 'curl', current: false },
      { client: 'Firefox', current: true },
    ]);
    const id = sessions.find(({ client }) => client === 'curl')?.id ?? '';
    await expect(access.service.endSession(id, await callerOf(bobs))).rejects.toMatchObject({ code: 'not_found' });
    await access.service.endSession(id, ann);
    expect(await access.bySession(other)).toBeUndefined();
    expect(await access.bySession(secret)).toBeDefined();
  });

  test('another password ends its other sessions, and needs the present one', async () => {
    const other = await access.signIn({ name: 'ann', password: PASSWORD }, THERE);
    const change = (current: string, next: string): Promise<unknown> =>
      access.service.changePassword({ current, next }, ann);
    await expect(change('not that one', 'quite another one')).rejects.toMatchObject({ issues: [{ field: 'current' }] });
    await expect(change(PASSWORD, 'aaaaaaaaaaaaa')).rejects.toMatchObject({ issues: [{ field: 'next' }] });
    expect(await access.bySession(other)).toBeDefined();
    await change(PASSWORD, 'quite another one');
    expect([await access.bySession(other), (await access.bySession(secret))?.name]).toEqual([undefined, 'ann']);
    expect(await refusal({ name: 'ann', password: 'quite another one' })).toBe('signed in');
    await expect(access.service.changePassword({ current: PASSWORD, next: PASSWORD }, admin)).rejects.toMatchObject({
      code: 'unavailable',
    });
  });
});

test('whoever guesses the password of a session waits like at a sign-in, and the trail says so', async () => {
  const person = await access.bySession(await setUp());
  const caller: Caller = { user: { name: 'ann', id: person?.id }, roles: ['admin'], via: 'rest', ...HERE };
  const change = (current: string) =>
    access.service
      .changePassword({ current, next: 'quite another one' }, caller)
      .catch((error: ShopyardError) => error);
  for (let time = 0; time < 5; time++)
    expect(await change('not that one')).toMatchObject({ code: 'validation_failed' });
  expect(await change(PASSWORD)).toMatchObject({ code: 'too_many_requests', retryAfterS: 900 });
  expect(await refusal({ name: 'ann', password: PASSWORD })).toBe('too_many_requests');
  const denied = await storage.audit.list({ limit: 9, action: 'access.changePassword', outcome: 'denied' });
  expect(denied).toHaveLength(5);
  pass(HOUR_MS);
  expect(await change(PASSWORD)).toEqual({});
});

describe('teams', () => {
  beforeEach(async () => {
    await setUp();
    await teams.createTeam({ id: 'shops', limits: { stores: 2 } }, admin);
  });
  const owner: Caller = { user: { name: 'olga' }, roles: [], teams: { shops: 'owner' }, via: 'rest' };
  const viewer: Caller = { user: { name: 'vera' }, roles: [], teams: { shops: 'viewer' }, via: 'rest' };
  const stranger: Caller = { user: { name: 'eve' }, roles: [], teams: { default: 'owner' }, via: 'rest' };

  test('an owner takes users into the team, changes their role, and takes them out again', async () => {
    const { id, secret } = await invite('bob', 'viewer');
    const set = (role: 'operator' | 'owner' | null) => teams.setMember({ team: 'shops', name: 'bob', role }, owner);
    expect(await set('operator')).toEqual([{ user: id, name: 'bob', role: 'operator' }]);
    expect(await access.bySession(secret)).toMatchObject({ teams: { default: 'viewer', shops: 'operator' } });
    await set('owner');
    expect(await teams.members('shops', owner)).toMatchObject([{ name: 'bob', role: 'owner' }]);
    expect(await set(null)).toEqual([]);
    expect((await access.bySession(secret))?.teams).toEqual({ default: 'viewer' });
    await expect(teams.setMember({ team: 'shops', name: 'nobody', role: 'viewer' }, owner)).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('only its owners and administrators manage a team, and to others there is none', async () => {
    const refusals = async (caller: Caller, team: string): Promise<object> => {
      const say = (error: ShopyardError): object => ({ code: error.code, message: error.message });
      return teams.members(team, caller).catch(say);
    };
    expect(await refusals(viewer, 'shops')).toMatchObject({ code: 'forbidden' });
    const foreign = await refusals(stranger, 'shops');
    expect(foreign).toEqual({ code: 'not_found', message: 'there is no team "shops"' });
    expect(await refusals(stranger, 'nowhere')).toEqual({ code: 'not_found', message: 'there is no team "nowhere"' });
    expect((await teams.teams(stranger)).map(({ id }) => id)).toEqual(['default']);
    expect(await teams.teams(owner)).toEqual([
      {
        id: 'shops',
        limits: { stores: 2 },
        used: { stores: 0, sizeUnits: 0, storageGiB: 0, createsPerHour: 0 },
        role: 'owner',
      },
    ]);
    expect((await teams.teams(admin)).map(({ id }) => id)).toEqual(['default', 'shops']);
    await expect(teams.createTeam({ id: 'shops', limits: {} }, admin)).rejects.toMatchObject({
      code: 'name_taken',
    });
  });
});

describe('tokens', () => {
  let ann: Caller;
  beforeEach(async () => {
    const person = await access.bySession(await setUp());
    ann = { user: { name: 'ann', id: person?.id }, roles: ['admin'], via: 'rest' };
  });
  const create = (more: object = {}) =>
    access.service.createToken({ name: 'ci', scopes: ['stores:read'], days: 30, ...more }, ann);

  test('a token is its owner with its scopes, and its secret is kept nowhere', async () => {
    const { secret, id } = await create();
    expect(secret).toMatch(/^sy_[A-Za-z0-9]{8}_[A-Za-z0-9]{32}_[0-9a-f]{8}$/);
    expect(await access.byToken(secret, HERE)).toMatchObject({
      name: 'ann',
      roles: ['admin'],
      scopes: ['stores:read'],
      by: 'token',
    });
    expect(JSON.stringify(await storage.people.tokens.of({ userId: ann.user.id ?? '' }))).not.toContain(secret);
    const [listed] = await access.service.tokens(ann);
    expect(listed).toMatchObject({ id, name: 'ci', usedAt: at.toISOString(), usedFrom: HERE.address });
    expect(listed).not.toHaveProperty('digest');
    const last = secret.endsWith('0') ? '1' : '0';
    expect(await access.byToken(`${secret.slice(0, -1)}${last}`, HERE)).toBeUndefined();
    expect(await access.byToken(secret.replace('sy_', 'sx_'), HERE)).toBeUndefined();
  });

  test('a token ends at its time, when it is revoked, and with its owner', async () => {
    const { secret } = await create({ days: 1 });
    pass(24 * HOUR_MS - 1);
    expect(await access.byToken(secret, HERE)).toBeDefined();
    pass(1);
    expect(await access.byToken(secret, HERE)).toBeUndefined();
    const second = await create();
    await expect(access.service.revokeToken(second.id, admin)).rejects.toMatchObject({ code: 'unavailable' });
    let revocations = 0;
    access.revoked.listen(() => (revocations += 1));
    await access.service.revokeToken(second.id, ann);
    expect([await access.byToken(second.secret, HERE), revocations]).toEqual([undefined, 1]);
    await expect(access.service.revokeToken(second.id, ann)).rejects.toMatchObject({ code: 'not_found' });
    const third = await create();
    await invite('bob', 'admin');
    await access.service.changeUser({ id: ann.user.id ?? '', disabled: true }, admin);
    expect(await access.byToken(third.secret, HERE)).toBeUndefined();
  });

  test("a token for one team is good for nothing else, and follows its owner's role there", async () => {
    await teams.createTeam({ id: 'shops', limits: {} }, ann);
    const { secret } = await create({ team: 'shops', scopes: ['stores:write'] });
    expect(await access.byToken(secret, HERE)).toMatchObject({ roles: [], teams: { shops: 'owner' } });
    await invite('bob', 'admin');
    await access.service.changeUser({ id: ann.user.id ?? '', admin: false }, admin);
    expect((await access.byToken(secret, HERE))?.teams).toEqual({});
    await teams.setMember({ team: 'shops', name: 'ann', role: 'viewer' }, admin);
    expect((await access.byToken(secret, HERE))?.teams).toEqual({ shops: 'viewer' });
    const stranger: Caller = { ...ann, roles: [], teams: { default: 'owner' } };
    const foreign = { name: 'x', scopes: ['stores:read' as const], days: 1, team: 'shops' };
    await expect(access.service.createToken(foreign, stranger)).rejects.toMatchObject({ issues: [{ field: 'team' }] });
  });
});

describe('a token for some networks', () => {
  test('is good from there alone, and a call from elsewhere is in the trail once a minute', async () => {
    const person = await access.bySession(await setUp());
    const ann: Caller = { user: { name: 'ann', id: person?.id }, roles: ['admin'], via: 'rest' };
    const input = { name: 'ci', scopes: ['stores:read' as const], days: 1 };
    const networks = ['192.0.2.0/28', '2001:db8::/48'];
    const { secret, id } = await access.service.createToken({ ...input, networks }, ann);
    const from = (address: string) => access.byToken(secret, { address, client: 'curl' });
    for (const address of ['192.0.2.1', '::ffff:192.0.2.15', '2001:db8:0:7::1'])
      expect(await from(address), address).toMatchObject({ name: 'ann' });
    for (const address of ['192.0.2.16', '2001:db8:1::1', 'unknown', ''])
      expect(await from(address), address).toBeUndefined();
    const denied = await storage.audit.list({ limit: 9, action: 'token' });
    expect(denied).toMatchObject([{ actor: 'ann', object: id, outcome: 'denied', address: '192.0.2.16' }]);
    pass(60_000);
    await from('192.0.2.16');
    expect(await storage.audit.list({ limit: 9, action: 'token' })).toHaveLength(2);
    await expect(access.service.createToken({ ...input, networks: ['here'] }, ann)).rejects.toMatchObject({
      issues: [{ field: 'networks' }],
    });
  });
});

describe('service accounts', () => {
  const owner: Caller = { user: { name: 'olga' }, roles: [], teams: { shops: 'owner' }, via: 'rest' };
  const stranger: Caller = { user: { name: 'eve' }, roles: [], teams: { default: 'owner' }, via: 'rest' };
  const input = { name: 'deploys', scopes: ['stores:write' as const], days: 30 };
  beforeEach(async () => {
    await setUp();
    for (const id of ['shops', 'others']) await teams.createTeam({ id, limits: {} }, admin);
  });

  test('act as nobody but themselves, in their team alone, for as long as they have the token', async () => {
    const account = await access.service.createServiceAccount({ team: 'shops', name: 'ci' }, owner);
    const { secret, id } = await access.service.createServiceToken({ team: 'shops', id: account.id, ...input }, owner);
    const caller = { id: account.id, name: 'shops/ci', by: 'token', token: id };
    expect(await access.byToken(secret, HERE)).toEqual({
      ...caller,
      roles: [],
      teams: { shops: 'owner' },
      scopes: ['stores:write'],
    });
    const [listed] = await access.service.serviceAccounts('shops', owner);
    expect(listed).toMatchObject({ name: 'ci', tokens: [{ id, name: 'deploys', usedFrom: HERE.address }] });
    expect(JSON.stringify(listed)).not.toMatch(/digest|serviceAccountId/);
    await access.service.revokeServiceToken({ team: 'shops', id: account.id, token: id }, owner);
    expect(await access.byToken(secret, HERE)).toBeUndefined();
    const other = await access.service.createServiceToken({ team: 'shops', id: account.id, ...input }, owner);
    await access.service.removeServiceAccount({ team: 'shops', id: account.id }, admin);
    expect(await access.byToken(other.secret, HERE)).toBeUndefined();
    expect(await access.service.serviceAccounts('shops', owner)).toEqual([]);
  });

  test('are managed by owners of their team alone, and to others there are none', async () => {
    const { id } = await access.service.createServiceAccount({ team: 'shops', name: 'ci' }, owner);
    const code = (call: Promise<unknown>): Promise<string> =>
      call.then(
        () => 'done',
        (error: ShopyardError) => error.code,
      );
    const { service } = access;
    const viewer: Caller = { ...owner, teams: { shops: 'viewer' } };
    for (const [caller, expected] of [
      [stranger, 'not_found'],
      [viewer, 'forbidden'],
    ] as const) {
      expect(await code(service.serviceAccounts('shops', caller))).toBe(expected);
      expect(await code(service.createServiceAccount({ team: 'shops', name: 'x' }, caller))).toBe(expected);
      expect(await code(service.createServiceToken({ team: 'shops', id, ...input }, caller))).toBe(expected);
      expect(await code(service.removeServiceAccount({ team: 'shops', id }, caller))).toBe(expected);
      expect(await code(service.revokeServiceToken({ team: 'shops', id, token: 'x' }, caller))).toBe(expected);
    }
    // By way of one's own team, neither.
    const both: Caller = { ...owner, teams: { others: 'owner' } };
    expect(await code(service.removeServiceAccount({ team: 'others', id }, both))).toBe('not_found');
    expect(await code(service.createServiceToken({ team: 'others', id, ...input }, both))).toBe('not_found');
    expect(await code(service.createServiceAccount({ team: 'shops', name: 'ci' }, owner))).toBe('name_taken');
    expect(await code(service.createServiceAccount({ team: 'others', name: 'ci' }, both))).toBe('done');
  });
});

describe('a login is read', () => {
  let reveals: Reveals;
  let session: Caller;
  beforeEach(async () => {
    reveals = createReveals(storage.people, () => at);
    const person = await access.bySession(await setUp());
    session = {
      ...HERE,
      user: { name: 'ann', id: person?.id },
      roles: ['admin'],
      via: 'dashboard',
      by: 'session',
      session: person?.session,
    };
  });
  const refused = (caller: Caller, reason?: string): Promise<string> =>
    reveals.assertMeant(caller, reason).then(
      () => 'meant',
      (error: ShopyardError) => error.code,
    );

  test('by a session within ten minutes of its sign-in or of its password, for a reason', async () => {
    pass(10 * 60_000);
    expect(await refused(session)).toBe('validation_failed');
    expect(await refused(session, 'a ticket')).toBe('meant');
    pass(1);
    expect(await refused(session, 'a ticket')).toBe('sign_in_again');
    await expect(access.service.confirmPassword({ password: 'not that one' }, session)).rejects.toMatchObject({
      issues: [{ field: 'password' }],
    });
    expect(await refused(session, 'a ticket')).toBe('sign_in_again');
    await access.service.confirmPassword({ password: PASSWORD }, session);
    expect(await refused(session, 'a ticket')).toBe('meant');
    expect((await access.service.me(session)).freshUntil).toBe(new Date(at.getTime() + 600_000).toISOString());
    const other: Caller = { ...session, session: 'another one' };
    expect(await refused(other, 'a ticket')).toBe('sign_in_again');
  });

  test('by a token for its scope, and on this machine without accounts, without either', async () => {
    pass(HOUR_MS);
    for (const by of ['token', 'open', 'proxy'] as const) expect(await refused({ ...session, by })).toBe('meant');
    expect(await refused({ ...session, user: { name: 'local' } })).toBe('meant');
  });

  test('and guesses of its password wait like those of a sign-in', async () => {
    const guesses = Array.from({ length: 5 }, () => access.service.confirmPassword({ password: 'wrong' }, session));
    await Promise.allSettled(guesses);
    await expect(access.service.confirmPassword({ password: PASSWORD }, session)).rejects.toMatchObject({
      code: 'too_many_requests',
    });
  });
});

describe('the audit trail', () => {
  /** Everything since the last look, without times. */
  let seen = 0;
  async function news(): Promise<string[]> {
    const entries = await storage.audit.list({ after: seen, limit: 500 });
    seen = entries.at(-1)?.seq ?? seen;
    return entries.map(({ actor, action, outcome, detail = '' }) => `${actor} ${action} ${outcome} ${detail}`.trim());
  }
  beforeEach(() => {
    seen = 0;
  });

  test('has one entry for each change of who gets in, and for each sign-in', async () => {
    const secret = await setUp();
    expect(await news()).toEqual(['ann access.createSetUpCode ok', 'ann sign-in ok set-up']);
    const { id } = await invite('bob', 'viewer');
    expect(await news()).toEqual(['ann access.createUser ok bob, viewer in default', 'bob sign-in ok invitation']);
    await access.service.changeUser({ id, admin: true, disabled: true }, admin);
    await access.service.inviteUser(id, admin);
    expect(await news()).toEqual(['ann access.changeUser ok bob, admin, disabled', 'ann access.inviteUser ok bob']);
    await guess('ann');
    await guess('nobody');
    await refusal({ name: 'ann', password: PASSWORD });
    expect(await news()).toEqual(['ann sign-in denied', '(unknown) sign-in denied', 'ann sign-in ok password']);
    await access.signOut(secret);
    await access.signOut(secret);
    expect(await news()).toEqual(['ann sign-out ok']);
    await resetAdmin(storage.people, 'ann', at);
    expect(await news()).toEqual(['reset-admin reset-admin ok ann']);
  });

  test('has no entry of a change that was refused, but one of each refusal in a minute', async () => {
    await setUp();
    const [ann] = await access.service.users();
    await news();
    await access.service.changeUser({ id: ann?.id ?? '', admin: false }, admin).catch(() => undefined);
    await access.service.createUser({ name: 'ann', role: 'viewer', team: 'default' }, admin).catch(() => undefined);
    expect(await news()).toEqual([]);
    const eve: Caller = { user: { name: 'eve' }, roles: [], via: 'rest' };
    for (let tries = 0; tries < 5; tries++) await access.service.noteRefusal('stores.remove', eve);
    await access.service.noteRefusal('stores.create', eve);
    expect(await news()).toEqual(['eve stores.remove denied', 'eve stores.create denied']);
    pass(60_000);
    await access.service.noteRefusal('stores.remove', eve);
    expect(await news()).toEqual(['eve stores.remove denied']);
  });
});

test('passwords are kept by Argon2id with a salt each, and no secret is kept as it is', async () => {
  const secret = await setUp();
  await invite('bob', 'viewer');
  const users = await storage.people.users.list();
  const hashes = users.map(({ passwordHash = '' }) => passwordHash);
  for (const hash of hashes)
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  expect(new Set(hashes).size).toBe(2);
  const person = await access.bySession(secret);
  expect(person?.session).not.toContain(secret);
});

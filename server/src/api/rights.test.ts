/** Who may call what: every procedure of the router, as each role, over each transport. */
import type { IncomingMessage } from 'node:http';
import { on, once } from 'node:events';
import { CAPABILITIES, type ProcedureName, type Role, ROLES, ShopyardError } from '@shopyard/contracts';
import { appRouter, REST_ROUTES, type RestRoute } from '@shopyard/contracts/router';
import type { Services } from '@shopyard/contracts/services';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Identity } from './identity.ts';
import { type Listener, listen } from './listener.ts';
import { openToAll } from './testing.ts';

/** The least role that may call it. Not derived from the table under test; a procedure without a line does not compile. */
const LEAST: Record<ProcedureName, Role> = {
  'stores.list': 'viewer',
  'stores.get': 'viewer',
  'stores.values': 'viewer',
  'stores.revisions': 'viewer',
  'stores.compareRevisions': 'viewer',
  'stores.timeline': 'viewer',
  'stores.watch': 'viewer',
  'stores.watchOne': 'viewer',
  'platform.get': 'viewer',
  'platform.overview': 'viewer',
  'platform.watchOverview': 'viewer',
  'platform.chart': 'viewer',
  'stores.create': 'operator',
  'stores.plan': 'operator',
  'stores.applyPlan': 'operator',
  'stores.update': 'operator',
  'stores.rollback': 'operator',
  'stores.retry': 'operator',
  'stores.restart': 'operator',
  'stores.suspend': 'operator',
  'stores.resume': 'operator',
  'stores.setSchedule': 'operator',
  'stores.setExpiry': 'operator',
  'stores.setWindow': 'operator',
  'stores.cancel': 'operator',
  'stores.applyNow': 'operator',
  'stores.credentials': 'operator',
  'stores.loginLink': 'operator',
  'stores.events': 'operator',
  'stores.mails': 'operator',
  'stores.release': 'operator',
  'stores.logs': 'operator',
  'stores.watchEvents': 'operator',
  'stores.watchMails': 'operator',
  'stores.watchRelease': 'operator',
  'stores.remove': 'owner',
  'stores.forceRemove': 'admin',
  'platform.adoptable': 'admin',
  'platform.adopt': 'admin',
  'access.me': 'viewer',
  'access.sessions': 'viewer',
  'access.endSession': 'viewer',
  'access.changePassword': 'viewer',
  'access.confirmPassword': 'viewer',
  'access.createSignInCode': 'admin',
  'access.createSetUpCode': 'admin',
  'access.users': 'admin',
  'access.createUser': 'admin',
  'access.changeUser': 'admin',
  'access.inviteUser': 'admin',
  'access.audit': 'admin',
  'access.teams': 'viewer',
  'access.tokens': 'viewer',
  'access.createToken': 'viewer',
  'access.revokeToken': 'viewer',
  'access.members': 'owner',
  'access.setMember': 'owner',
  'access.serviceAccounts': 'owner',
  'access.createServiceAccount': 'owner',
  'access.removeServiceAccount': 'owner',
  'access.createServiceToken': 'owner',
  'access.revokeServiceToken': 'owner',
  'access.createTeam': 'admin',
  'access.changeTeam': 'admin',
};

/** Valid for most procedures, which ignore what they don't know. */
const INPUT = { id: 'st_1', planId: 'pl_1', name: 'alpha', confirm: 'alpha', values: {}, reason: 'a test' };
const INPUTS: Partial<Record<ProcedureName, object>> = {
  'stores.compareRevisions': { id: 'st_1', from: 1, to: 2 },
  'stores.forceRemove': { id: 'st_1', confirm: 'alpha' },
  'stores.setSchedule': { id: 'st_1', schedule: null },
  'stores.setExpiry': { id: 'st_1', expiry: null },
  'stores.setWindow': { id: 'st_1', window: null },
  'stores.logs': { id: 'st_1', pod: 'front-1', container: 'front' },
  'stores.plan': { name: 'alpha', values: {} },
  'stores.update': { id: 'st_1', values: {} },
  'stores.applyPlan': { planId: 'pl_1' },
  'access.confirmPassword': { password: 'the old one' },
  'access.serviceAccounts': { team: 'shops' },
  'access.createServiceAccount': { team: 'shops', name: 'ci' },
  'access.removeServiceAccount': { team: 'shops', id: 'sa_1' },
  'access.createServiceToken': { team: 'shops', id: 'sa_1', name: 'ci', scopes: ['stores:read'], days: 1 },
  'access.revokeServiceToken': { team: 'shops', id: 'sa_1', token: 'abcdefgh' },
  'access.changePassword': { current: 'the old one', next: 'the new password' },
  'access.createToken': { name: 'ci', scopes: ['stores:read'], days: 1 },
  'access.createTeam': { id: 'shops' },
  'access.changeTeam': { id: 'shops' },
  'access.members': { team: 'shops' },
  'access.setMember': { team: 'shops', name: 'ann', role: 'viewer' },
  'access.createUser': { name: 'ann', role: 'viewer' },
  'access.changeUser': { id: 'us_1', admin: true },
  'platform.adopt': { installation: 'in_1', confirm: 'in_1' },
};

const CALLERS = ['nobody', 'viewer', 'operator', 'owner', 'admin'] as const;
/** Tokens of an administrator with one scope each. */
const SCOPES = [
  'stores:read',
  'stores:sensitive',
  'stores:write',
  'stores:delete',
  'platform:read',
  'platform:manage',
] as const;
type CallerName = (typeof CALLERS)[number] | (typeof SCOPES)[number];
/** Names the caller. */
const HEADER = 'x-test-caller';
/** From the router, so that a new procedure is tested. */
const PROCEDURE_TYPES: Record<string, string> = Object.fromEntries(
  // Flat, by path, whatever its type says.
  Object.entries(appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>).map(
    ([path, { _def }]) => [path, _def.type],
  ),
);
const methodOf = (path: string): string => path.split('.').at(-1) ?? '';
const REACHED = 'the service was reached';

async function identify({ headers }: IncomingMessage): Promise<Identity> {
  const role = Object.keys(ROLES).find((name): name is Role => name === headers[HEADER]);
  const scope = SCOPES.find((name) => name === headers[HEADER]);
  if (scope) return { name: scope, key: scope, roles: ['admin'], scopes: [scope], by: 'token', address: '127.0.0.1' };
  if (!role) throw new ShopyardError('unauthorized', 'sign in');
  return { name: role, key: role, roles: [role], by: 'proxy', address: '127.0.0.1' };
}

const PROCEDURES = Object.keys(LEAST) as ProcedureName[];
const typeOf = (path: ProcedureName): string => PROCEDURE_TYPES[path] ?? '';

/** Answers every call in the same way, so that whoever is not refused gets this answer. */
function reachedServices(): Services {
  const reached = (): never => {
    throw new ShopyardError('not_found', REACHED);
  };
  const methods = Object.fromEntries([...PROCEDURES.map(methodOf), 'history'].map((name) => [name, reached]));
  const service = { ...methods, assertChangeable: () => Promise.resolve(), noteRefusal: () => Promise.resolve() };
  // Has every method of both.
  return { stores: service, platform: service, access: service } as unknown as Services;
}

let server: Listener;
beforeAll(async () => {
  const open = await openToAll();
  server = await listen({
    listening: { host: '127.0.0.1', port: 0, auth: { kind: 'none' } },
    calls: {
      services: reachedServices(),
      people: open.people,
      scope: open.scope,
      // However often.
      callers: { ...open.callers, identify, identifyAgain: identify, admit: () => undefined },
    },
    health: { unready: () => Promise.resolve([]), metrics: new Registry() },
    clientDir: '/nowhere',
    access: { find: () => undefined, agentFor: () => undefined },
    log: pino({ level: 'silent' }),
  });
});
afterAll(() => server.close());

const inputOf = (path: ProcedureName): Record<string, unknown> => ({ ...(INPUTS[path] ?? INPUT) });
const headersOf = (caller: CallerName): Record<string, string> => (caller === 'nobody' ? {} : { [HEADER]: caller });

/** The code of the error, or `reached` for whoever got as far as the service. */
function outcomeOf(error: { code?: string; message?: string } | undefined): string {
  return error?.message === REACHED ? 'reached' : (error?.code ?? 'no error');
}

async function overRest(path: ProcedureName, caller: CallerName): Promise<string> {
  const routes: Partial<Record<ProcedureName, RestRoute>> = REST_ROUTES;
  const route = routes[path];
  if (!route) throw new Error(`${path} has no path`);
  const input = inputOf(path);
  // What is in the address is not in the body.
  const body = Object.fromEntries(Object.entries(input).filter(([key]) => !route.path.includes(`{${key}}`)));
  const url = new URL(
    route.path.replaceAll(/\{(\w+)\}/g, (_all, key: string) => String(input[key])),
    `http://127.0.0.1:${server.port}`,
  );
  const inUrl = route.method === 'GET';
  if (inUrl) for (const [key, value] of Object.entries(body)) url.searchParams.set(key, String(value));
  const answer = await fetch(url, {
    method: route.method,
    headers: headersOf(caller),
    ...(inUrl ? {} : { body: JSON.stringify(body) }),
  });
  const { error } = (await answer.json()) as { error?: { code: string; message: string } };
  return outcomeOf(error);
}

async function overHttp(path: ProcedureName, caller: CallerName): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${server.port}/trpc/${path}`, {
    method: 'POST',
    headers: { ...headersOf(caller), 'content-type': 'application/json' },
    body: JSON.stringify(inputOf(path)),
  });
  const { error } = (await answer.json()) as { error?: { data: { shopyard: { code: string; message: string } } } };
  return outcomeOf(error?.data.shopyard);
}

async function overWebSocket(path: ProcedureName, caller: CallerName): Promise<string> {
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/trpc`, { headers: headersOf(caller) });
  try {
    const closed = once(socket, 'close').then(([code]: number[]) => (code === 4401 ? 'unauthorized' : String(code)));
    const params = { path, input: inputOf(path) };
    socket.once('open', () => socket.send(JSON.stringify({ id: 1, jsonrpc: '2.0', method: typeOf(path), params })));
    return await Promise.race([answerOf(socket), closed]);
  } finally {
    socket.terminate();
  }
}

/** A subscription first says that it has started. */
async function answerOf(socket: WebSocket): Promise<string> {
  for await (const [data] of on(socket, 'message') as AsyncIterable<[Buffer]>) {
    const { error, result } = JSON.parse(String(data)) as {
      error?: { data: { shopyard: { code: string } } };
      result?: { type: string };
    };
    if (result?.type !== 'started') return outcomeOf(error?.data.shopyard);
  }
  return 'no answer';
}

function expected(path: ProcedureName, caller: CallerName): string {
  if (caller === 'nobody') return 'unauthorized';
  const scope = SCOPES.find((name) => name === caller);
  if (scope) return path === 'access.me' || CAPABILITIES[path].right === scope ? 'reached' : 'forbidden';
  return CALLERS.findIndex((name) => name === caller) >= CALLERS.indexOf(LEAST[path]) ? 'reached' : 'forbidden';
}

const TRANSPORTS = [
  { transport: 'REST', call: overRest, has: (path: ProcedureName) => path in REST_ROUTES },
  { transport: 'tRPC over HTTP', call: overHttp, has: (path: ProcedureName) => typeOf(path) !== 'subscription' },
  { transport: 'a WebSocket', call: overWebSocket, has: () => true },
];
const ROWS = TRANSPORTS.flatMap((row) => [...CALLERS, ...SCOPES].map((caller) => ({ ...row, caller })));

test.each(ROWS)('over $transport, $caller reaches what is theirs and nothing else', async ({ caller, call, has }) => {
  const paths = PROCEDURES.filter(has);
  const outcomes = await Promise.all(paths.map(async (path) => [path, await call(path, caller)] as const));
  expect(Object.fromEntries(outcomes)).toEqual(Object.fromEntries(paths.map((path) => [path, expected(path, caller)])));
});

test('the table has every procedure of the router', () => {
  expect(PROCEDURES.toSorted()).toEqual(Object.keys(PROCEDURE_TYPES).toSorted());
});

test('serves no subscription over HTTP, whoever asks', async () => {
  for (const path of PROCEDURES.filter((name) => typeOf(name) === 'subscription')) {
    const address = `http://127.0.0.1:${server.port}/trpc/${path}?input=${JSON.stringify(inputOf(path))}`;
    const answer = await (await fetch(address, { headers: headersOf('admin') })).text();
    expect(answer, path).toContain('METHOD_NOT_SUPPORTED');
    expect(answer, path).not.toContain(REACHED);
  }
});

test('without a caller, every path but those of health and the dashboard is 401', async () => {
  for (const path of ['/openapi.json', '/metrics', '/trpc/stores.list', '/trpc/stores.list,platform.get?batch=1'])
    expect((await fetch(`http://127.0.0.1:${server.port}${path}`)).status, path).toBe(401);
  for (const path of ['/healthz', '/readyz'])
    expect((await fetch(`http://127.0.0.1:${server.port}${path}`)).status, path).toBe(200);
});

test('metrics count the stores of all teams, so they are for administrators', async () => {
  for (const caller of CALLERS.slice(1)) {
    const answer = await fetch(`http://127.0.0.1:${server.port}/metrics`, { headers: headersOf(caller) });
    expect(answer.status, caller).toBe(caller === 'admin' ? 200 : 403);
  }
});

import { describe, expect, test } from 'vitest';
import { CAPABILITIES, isIdle, isOffered, isProcedureName, type ProcedureName, refusal } from './capabilities.ts';
import { appRouter } from './router.ts';
import type { Services } from './services.ts';
import type { Store } from './stores/store.ts';

const admin = { roles: ['admin'] } as const;

interface Case {
  what: string;
  state: Pick<Store, 'phase' | 'reason'>;
  retry: boolean;
  force: boolean;
  remove: boolean;
  update: boolean;
}

describe('capabilities', () => {
  test.each<Case>([
    { what: 'a Ready store', state: { phase: 'Ready' }, retry: false, force: false, remove: true, update: true },
    {
      what: 'an adopted store',
      state: { phase: 'Ready', reason: 'Adopted' },
      retry: true,
      force: false,
      remove: true,
      update: true,
    },
    {
      what: 'a store on its way',
      state: { phase: 'Provisioning' },
      retry: false,
      force: false,
      remove: true,
      update: true,
    },
    {
      what: 'a store in trouble',
      state: { phase: 'Provisioning', reason: 'CrashLoop' },
      retry: true,
      force: false,
      remove: true,
      update: true,
    },
    {
      what: 'a failed store',
      state: { phase: 'Failed', reason: 'SetupFailed' },
      retry: true,
      force: false,
      remove: true,
      update: true,
    },
    {
      what: 'a store being deleted',
      state: { phase: 'Deleting' },
      retry: false,
      force: false,
      remove: false,
      update: false,
    },
    {
      what: 'one held up',
      state: { phase: 'Deleting', reason: 'NamespaceTerminating' },
      retry: false,
      force: true,
      remove: false,
      update: false,
    },
  ])('$what is offered retry $retry, force removal $force, deletion $remove, update $update', (given) => {
    const offered = (action: ProcedureName): boolean => isOffered(action, admin, given.state);
    expect(offered('stores.retry')).toBe(given.retry);
    expect(offered('stores.forceRemove')).toBe(given.force);
    expect(offered('stores.remove')).toBe(given.remove);
    expect(offered('stores.update')).toBe(given.update);
  });

  test('the server does nothing only where a retry has nothing to do', () => {
    expect(isIdle('stores.retry', { phase: 'Ready' })).toBe(true);
    expect(isIdle('stores.retry', { phase: 'Ready', reason: 'Adopted' })).toBe(false);
    expect(isIdle('stores.retry', { phase: 'Provisioning' })).toBe(false);
    expect(isIdle('stores.retry', { phase: 'Deleting' })).toBe(false);
  });

  test.each<{ state: Pick<Store, 'phase' | 'reason'>; code: string | undefined }>([
    { state: { phase: 'Ready' }, code: undefined },
    { state: { phase: 'Degraded', reason: 'ProbeFailing' }, code: undefined },
    { state: { phase: 'Upgrading', reason: 'Restarting' }, code: undefined },
    { state: { phase: 'Provisioning', reason: 'NotReady' }, code: undefined },
    { state: { phase: 'Queued' }, code: 'unavailable' },
    { state: { phase: 'Failed', reason: 'SetupFailed' }, code: 'unavailable' },
    { state: { phase: 'Ready', reason: 'Adopted' }, code: 'unavailable' },
    { state: { phase: 'Degraded', reason: 'VolumeDeleting' }, code: 'unavailable' },
    { state: { phase: 'Degraded', reason: 'CredentialsLost' }, code: 'unavailable' },
    { state: { phase: 'Deleting' }, code: 'being_deleted' },
  ])('a restart of a store that is $state is refused with $code', ({ state, code }) => {
    expect(refusal('stores.restart', admin, state)?.code).toBe(code);
    expect(isOffered('stores.restart', admin, state)).toBe(code === undefined);
  });

  test('a restart is no failure to retry', () => {
    expect(isOffered('stores.retry', admin, { phase: 'Upgrading', reason: 'Restarting' })).toBe(false);
  });

  test('refuses by the state of the store, with the code that says why', () => {
    expect(refusal('stores.update', admin, { phase: 'Deleting' })?.code).toBe('being_deleted');
    expect(refusal('stores.forceRemove', admin, { phase: 'Ready' })?.code).toBe('not_deleting');
    expect(refusal('stores.forceRemove', admin, { phase: 'Deleting' })).toBeUndefined();
  });

  test('an administrator may do everything, a caller without a role nothing', () => {
    for (const action of Object.keys(CAPABILITIES).filter(isProcedureName)) {
      expect(refusal(action, admin)).toBeUndefined();
      // One's own account is everybody's who gets in.
      const isOwn = CAPABILITIES[action].right === 'account:own';
      expect(refusal(action, { roles: [] })?.code, action).toBe(isOwn ? undefined : 'forbidden');
    }
  });

  test('the router refuses a caller without the right before it asks a service', async () => {
    const noted: string[] = [];
    const noteRefusal = async (path: string): Promise<void> => void noted.push(path);
    const services = { access: { noteRefusal } } as unknown as Services;
    const context = { services, caller: { user: { name: 'eve' }, roles: [], via: 'rest' } } as const;
    const caller = appRouter.createCaller({ ...context, writable: () => Promise.resolve(), admit: () => undefined });
    await expect(caller.stores.get({ id: 'st_1' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(caller.stores.create({ name: 'alpha' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(noted).toEqual(['stores.get', 'stores.create']);
  });

  test('has a row for every procedure and no other', () => {
    const procedures = Object.keys(appRouter._def.procedures);
    expect(Object.keys(CAPABILITIES).toSorted()).toEqual(procedures.toSorted());
  });
});

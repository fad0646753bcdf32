/** Every action, by its type, and what it needs before it may run. */
import { titleOf } from '@shopyard/engines';
import type { ActionOf, ActiveAction } from '../../../domain/plan.ts';
import { isVerified } from '../../../domain/readiness.ts';
import { isResuming } from '../../../domain/suspension.ts';
import { TerminalError } from '../../errors.ts';
import { type ActionContext, type ActionTarget, type Outcome, type Run, toSpec } from './action-context.ts';
import { forget } from './forget.ts';
import { install } from './install.ts';
import { removeFinalizers } from './remove-finalizers.ts';
import { compare, repair } from './repair.ts';
import { restart } from './restart.ts';
import { resume, suspend } from './suspend.ts';
import { uninstall } from './uninstall.ts';
import { lookAgainAt, verify } from './verify.ts';

type Actions = {
  readonly [T in ActiveAction['type']]: {
    /** It may run helm, of which only so many run at once. */
    readonly needsSlot: boolean;
    readonly run: Run<T>;
  };
};

export const ACTIONS: Actions = {
  install: {
    needsSlot: true,
    async run(context, target, { moving }) {
      const notes = await install(context, target);
      if (!notes) return {};
      const { url, generation } = target.store;
      const detail = [moving ? `to ${url}` : `of generation ${generation}`, ...notes].join('; ');
      return { did: moving ? 'move' : 'install', detail, facts: { verifiedRevision: 0 } };
    },
  },
  annotate: {
    needsSlot: false,
    async run({ cluster }, { store, signal }) {
      await cluster.annotateNamespace(toSpec(store), signal);
      return {};
    },
  },
  compare: {
    needsSlot: false,
    async run(context, target, { keys }) {
      const { inventory, foreign } = await compare(context, target, keys);
      if (foreign.length === 0) return { facts: { inventory }, isRead: true };
      return { did: 'foreign-fields', detail: `left (${foreign.join(', ')})`, facts: { inventory }, isRead: true };
    },
  },
  repair: {
    needsSlot: false,
    async run(context, target, { keys }) {
      const { changed, strangers } = await repair(context, target, keys);
      const repaired = keys.filter((key) => !strangers.includes(key));
      const known = Object.entries(target.store.inventory ?? {}).filter(([key]) => !strangers.includes(key));
      return {
        ...(changed ? { did: 'repair', detail: `of ${repaired.join(', ')}` } : {}),
        ...(strangers.length > 0 ? { facts: { inventory: Object.fromEntries(known) } } : {}),
      };
    },
  },
  restart: {
    needsSlot: false,
    async run(context, target, action) {
      const began = await restart(context, target, action);
      return began ? { did: 'restart', detail: `(${titleOf(target.engine, action.component)})` } : {};
    },
  },
  suspend: {
    needsSlot: false,
    async run(context, target, { part }) {
      const changed = await suspend(context, target, part);
      return changed ? { did: 'suspend', detail: `(${part})` } : {};
    },
  },
  resume: {
    needsSlot: false,
    run: async (context, target) => ((await resume(context, target)) ? { did: 'resume' } : {}),
  },
  verify: {
    needsSlot: false,
    async run(context, target, { revision }) {
      const { store, view, signal } = target;
      if (isVerified(store, view) && !isResuming(store))
        return { facts: { sighting: await lookAgainAt(context, target) } };
      const sighting = await verify(context, target);
      // Again: a recreated claim starts at its template's size.
      const grown = store.held ? [] : await context.cluster.growVolumes(store, signal);
      return {
        did: 'verify',
        detail: `(${[sighting.message.replace(/\.$/, ''), ...grown].join('; ')})`,
        facts: { verifiedRevision: revision, sighting },
        // A held store is never repaired, so it needs no inventory.
        takesInventory: !store.held,
      };
    },
  },
  'release-finalizers': {
    needsSlot: false,
    run: async (context, target) => ({
      did: 'release-finalizers',
      detail: `(${await removeFinalizers(context, target)})`,
    }),
  },
  uninstall: {
    needsSlot: true,
    async run(context, target) {
      await uninstall(context, target);
      return { did: 'uninstall' };
    },
  },
  // It uninstalls what the watch has missed.
  forget: { needsSlot: true, run: forget },
  refuse: {
    needsSlot: false,
    run: (_context, _target, { reason, message }) => Promise.reject(new TerminalError(reason, message)),
  },
};

/** An action whose type the compiler follows through `ACTIONS`. */
type Typed<T extends ActiveAction['type']> = { [K in T]: { type: K } & ActionOf<K> }[T];

export function perform<T extends ActiveAction['type']>(
  context: ActionContext,
  target: ActionTarget,
  action: Typed<T>,
): Promise<Outcome> {
  const { type }: { type: T } = action;
  return ACTIONS[type].run(context, target, action);
}

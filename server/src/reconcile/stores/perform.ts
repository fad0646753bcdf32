/** Performs one action and returns how it changed the store. */
import { TerminalError } from '../errors.ts';
import type { ActionContext, ActionTarget } from './actions/action-context.ts';
import { install } from './actions/install.ts';
import { removeFinalizers } from './actions/remove-finalizers.ts';
import { compare, repair } from './actions/repair.ts';
import { uninstall } from './actions/uninstall.ts';
import { lookAgainAt, verify } from './actions/verify.ts';
import { type Action, isVerified } from '../../domain/plan.ts';
import { type Inventory, inventoryOf } from '../../domain/inventory.ts';
import type { StatusPatch } from './record.ts';

export interface Outcome {
  /** History entry: the action and its effect. Absent if there was nothing to do. */
  done?: string;
  patch?: StatusPatch;
}

/** Rethrows the action's errors; see to-finding.ts. */
export async function perform(
  context: ActionContext,
  action: Exclude<Action, { type: 'forget' }>,
  target: ActionTarget,
): Promise<Outcome> {
  const { store, signal } = target;
  switch (action.type) {
    case 'install': {
      const notes = await install(context, target);
      const what = action.moving ? `move to ${store.url}` : `install of generation ${store.generation}`;
      return notes ? { done: [what, ...notes].join('; '), patch: { verifiedRevision: 0 } } : {};
    }
    case 'compare': {
      const { inventory, foreign } = await compare(context, target, action.keys);
      return {
        ...(foreign.length > 0 ? { done: `foreign-fields left (${foreign.join(', ')})` } : {}),
        patch: { inventory },
      };
    }
    case 'repair': {
      const { changed, strangers } = await repair(context, target, action.keys);
      const repaired = action.keys.filter((key) => !strangers.includes(key));
      return {
        ...(changed ? { done: `repair of ${repaired.join(', ')}` } : {}),
        ...(strangers.length > 0 ? { patch: { inventory: without(store.inventory, strangers) } } : {}),
      };
    }
    case 'verify': {
      if (isVerified(store, target.view)) return { patch: { sighting: await lookAgainAt(context, target) } };
      const sighting = await verify(context, target);
      // Again: a recreated claim starts at its template's size.
      const grown = store.held ? [] : await context.cluster.growVolumes(store, signal);
      // A held store is never repaired, so it needs no inventory.
      const inventory = store.held ? {} : { inventory: inventoryOf(context.viewOf(store)) };
      const seen = [sighting.message.replace(/\.$/, ''), ...grown].join('; ');
      return { done: `verify (${seen})`, patch: { verifiedRevision: action.revision, sighting, ...inventory } };
    }
    case 'release-finalizers':
      return { done: `release-finalizers (${await removeFinalizers(context, target)})` };
    case 'uninstall':
      await uninstall(context, target);
      return { done: 'uninstall' };
    case 'refuse':
      throw new TerminalError('InvalidValues', action.message);
    case 'none':
    case 'wait':
      return {};
  }
}

function without(inventory: Inventory = {}, keys: string[]): Inventory {
  return Object.fromEntries(Object.entries(inventory).filter(([key]) => !keys.includes(key)));
}

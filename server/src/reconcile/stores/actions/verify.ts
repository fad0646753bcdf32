/**
 * Ready means that a customer could buy: the store's engine checks its shop. In a store that was Ready before, what the
 * merchant chose is reported, and only a broken shop fails.
 */
import type { Ask } from '@shopyard/engines';
import { RetryError } from '../../errors.ts';
import type { Sighting } from '../../../domain/store.ts';
import type { ActionContext, ActionTarget } from './action-context.ts';

/** Returns the result of the check. Throws RetryError that names what is missing. */
export async function verify(context: ActionContext, target: ActionTarget): Promise<Sighting> {
  const { store, engine } = target;
  const isNew = store.readyAt === undefined && store.sighting === undefined;
  const chart = context.charts.of({ engine: engine.id });
  const values = chart ? chart.withPlatform(store.values) : store.values;
  const verdict = await engine.verify(askAs(context, target), { values, isNew, keepsMail: context.keepsMail });
  const at = context.now().toISOString();
  if ('saw' in verdict) return { reason: verdict.reason, message: verdict.saw, at };
  const { reason, message } = verdict.missing;
  if (isNew || verdict.isBroken) throw new RetryError(reason, `The shop can't take orders yet: ${message}.`);
  return { reason, message: `${message[0]?.toUpperCase()}${message.slice(1)}.`, at };
}

/** Rechecks a store that has worked. A broken shop is a result, not an error. */
export async function lookAgainAt(context: ActionContext, target: ActionTarget): Promise<Sighting> {
  const at = context.now().toISOString();
  try {
    return await verify(context, target);
  } catch (error) {
    if (!(error instanceof RetryError) || target.signal.aborted) throw error;
    const message = error.message.replace(/^The shop can't take orders yet/, "The shop doesn't work");
    const { sighting } = target.store;
    // A single failure may be a hiccup: keep the previous result.
    if (sighting && !sighting.failures) return { ...sighting, at, failures: 1 };
    return { reason: error.reason, message, at, failures: (sighting?.failures ?? 0) + 1 };
  }
}

function askAs({ request }: ActionContext, { store, signal }: ActionTarget): Ask {
  const { id, namespace, engine, url } = store;
  return (path, { body, headers } = {}) => {
    const post = body ? ({ method: 'POST', body: JSON.stringify(body) } as const) : {};
    return request({ store: { id, namespace, engine }, url, path, signal, ...post, ...(headers ? { headers } : {}) });
  };
}

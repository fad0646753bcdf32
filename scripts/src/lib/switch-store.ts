import type { Phase, Store } from '@shopyard/contracts';
import { type Api, waitForStore } from '@shopyard/sdk';
import { requireStore } from './require-store.ts';
import { print, UsageError } from './script.ts';

/** Changes a store, prints each of its states, and returns it once it is in this phase. Throws UsageError if it fails. */
export async function switchStore(
  api: Api,
  nameOrId: string,
  { wanted, change }: { wanted: Phase; change: (id: string) => Promise<unknown> },
): Promise<Store> {
  const { id } = await requireStore(api, nameOrId);
  await change(id);
  const reached = await waitForStore(api, id, ({ name, phase, message }) => {
    print(`${name}: ${phase}${message ? `: ${message}` : ''}`);
    return phase === wanted || phase === 'Failed';
  });
  if (reached?.phase === wanted) return reached;
  throw new UsageError(reached?.message ?? 'The store was deleted meanwhile.');
}

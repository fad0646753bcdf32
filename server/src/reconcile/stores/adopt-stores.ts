/**
 * Adopts stores of another installation on request. Values, images, chart and URL stay as they are until someone
 * changes or retries the store here. A deletion that the former installation had begun is cancelled and reported.
 */
import { messageOf } from '../../kit/error-message.ts';
import type { StoreResources } from '../../cluster/resources.ts';
import type { FoundStore } from '../../cluster/namespace.ts';
import type { AdoptRequest } from '../../domain/adopt-request.ts';
import type { StoreRecord } from '../../domain/store.ts';
import type { AuditedCall, Storage } from '../../storage/storage.ts';

export interface AdoptOptions {
  storage: Pick<Storage, 'audited'>;
  cluster: Pick<StoreResources, 'listOthers' | 'claim'>;
  /** Prepares later access: rights in the namespaces, and helm's records where this server looks for them. */
  prepare: (stores: FoundStore[]) => Promise<void>;
  /** The URL in the store's release; `undefined` if it has none. */
  addressOf: (store: FoundStore) => Promise<string | undefined>;
  onAdopted: (record: StoreRecord) => void;
  now: () => Date;
}

export interface Adoption {
  adopted: string[];
  skipped: { name: string; why: string }[];
}

/** Idempotent. Throws ClusterError and LeaseLostError; stores adopted before that stay adopted. */
export async function adoptStores(options: AdoptOptions, request: AdoptRequest): Promise<Adoption> {
  const { installation, stores: names } = request;
  const found = (await options.cluster.listOthers()).filter((store) => store.installation === installation);
  const wanted = names ? found.filter(({ name }) => names.includes(name)) : found;
  const result: Adoption = { adopted: [], skipped: [] };
  for (const name of names ?? [])
    if (!wanted.some((store) => store.name === name))
      result.skipped.push({ name, why: `${installation} has no store of that name` });
  if (wanted.length > 0) await options.prepare(wanted);
  for (const store of wanted) {
    const why = await adopt(options, store, request);
    if (why === undefined) result.adopted.push(store.name);
    else result.skipped.push({ name: store.name, why });
  }
  return result;
}

/** Returns why the store can't be adopted; `undefined` if it was. */
async function adopt(options: AdoptOptions, found: FoundStore, request: AdoptRequest): Promise<string | undefined> {
  const { storage, cluster, addressOf, onAdopted, now } = options;
  let url: string | undefined;
  try {
    url = await addressOf(found);
  } catch (error) {
    return `its release can't be read: ${messageOf(error)}`;
  }
  const held = { generation: found.generation, url };
  const desired = found.desired === 'suspended' ? 'suspended' : 'present';
  const store: FoundStore = { ...found, desired, held, waiting: undefined };
  const removal = found.desired === 'absent' ? '; its removal had been asked for there' : '';
  const waiting = found.waiting ? '; a change that waited there was left behind' : '';
  const call: AuditedCall = {
    caller: request.caller,
    action: 'platform.adopt',
    at: now(),
    detail: `from ${request.installation}${removal}${waiting}`,
  };
  // Write the record first: a namespace labelled ours without one would be orphaned.
  const record = await storage.audited(call, (writes) => writes.adopt(store));
  if (!record) return 'a store of that name exists here';
  await cluster.claim(store.namespace, { ...held, desired });
  onAdopted(record);
  return undefined;
}

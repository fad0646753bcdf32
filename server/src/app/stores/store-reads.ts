/** Read calls. They return the live stores, so calls and subscriptions agree. */
import { type Mail, seesStore, type Store, type StoreParts } from '@shopyard/contracts';
import type { StoreService } from '@shopyard/contracts/services';
import { redact } from '../../domain/diagnose/redact.ts';
import type { ClusterReads } from '../../cluster/reads.ts';
import type { Hub } from '../../live/hub.ts';
import type { LiveStores } from '../../live/live-stores.ts';
import type { Helm } from '../../helm/helm.ts';
import type { Storage } from '../../storage/storage.ts';
import { followLogs } from './follow-logs.ts';
import { pageOf } from '../paginate.ts';
import { redactYaml } from '../../domain/redact-release.ts';
import { requireStore } from './require-store.ts';
import { refuseUnreadable } from '../unreadable.ts';
import { createVisibleUpdates } from './visible-updates.ts';
import { watchStore, watchStores } from './watch-stores.ts';

const INSPECT_MS = 15_000;

export interface StoreReadsOptions {
  history: Pick<Storage['history'], 'ofStore'>;
  live: { hub: Hub; liveStores: LiveStores };
  inspection: ClusterReads;
  sources: {
    /** A store's resources, from the watch. */
    partsOf: (store: Store) => StoreParts;
    /** Reads the values and the manifest of a store's release. */
    describe: Helm['describe'];
    mailsOf: (store: Store) => Promise<Mail[]>;
  };
  now: () => Date;
}

export type StoreReads = Pick<
  StoreService,
  'list' | 'get' | 'history' | 'events' | 'mails' | 'release' | 'logs' | 'watch' | 'watchOne'
>;

export function createStoreReads(options: StoreReadsOptions): StoreReads {
  const { history, inspection, now } = options;
  const { hub, liveStores } = options.live;
  const { partsOf, describe, mailsOf } = options.sources;
  const visibleUpdates = createVisibleUpdates();
  const requireById = (id: string): Store => requireStore(liveStores, id);

  return {
    list: (page, caller) =>
      Promise.resolve(
        pageOf(
          liveStores.list().filter((store) => seesStore(caller, store)),
          page,
        ),
      ),

    get: (id) => Promise.resolve().then(() => requireById(id)),

    async history(id) {
      requireById(id);
      return history.ofStore(id);
    },

    async events(id) {
      const { namespace } = requireById(id);
      return inspection.events(namespace, AbortSignal.timeout(INSPECT_MS)).catch(refuseUnreadable);
    },

    mails: async (id) => mailsOf(requireById(id)),

    async release(id) {
      const { name, namespace } = requireById(id);
      const { values, manifest } = await describe({ name, namespace }, AbortSignal.timeout(INSPECT_MS)).catch(
        refuseUnreadable,
      );
      return { values: redactYaml(values), manifest: redactYaml(manifest) };
    },

    async *logs(input, watch) {
      const { namespace } = requireById(input.id);
      try {
        yield* followLogs(
          { namespace, input, read: (request, signal) => inspection.logs(request, signal), redact },
          watch,
        );
      } catch (error) {
        if (!watch.signal.aborted) refuseUnreadable(error);
      }
    },

    watch: (watch, caller) => visibleUpdates(watchStores({ hub, liveStores }, watch), caller),

    watchOne(id, watch) {
      requireById(id);
      return watchStore({ liveStores, hub, id, partsOf, historyOf: () => history.ofStore(id), now }, watch);
    },
  };
}

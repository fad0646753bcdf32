/** Records a status with its history in one short transaction, then publishes the store. */
import type { Store } from '@shopyard/contracts';
import type { EngineChart, EngineCharts } from '../../chart/engine-charts.ts';
import { toStore } from '../../domain/present-store.ts';
import { toProgress } from '../../domain/operation-progress.ts';
import { type RevisionFacts, type RevisionVerdict, toVerdict } from '../../domain/revision.ts';
import type { Situation } from '../../domain/situation.ts';
import type { StoreRecord, StoreStatus } from '../../domain/store.ts';
import { crashPoint } from '../../kit/crash-points.ts';
import type { Storage } from '../../storage/storage.ts';
import { Closings } from './closings.ts';
import { type Done, toEntries } from './history.ts';

export interface RecordsOptions {
  storage: Pick<Storage, 'stores' | 'recorded'>;
  publish: (store: Store) => void;
  /** The store's record is gone. */
  onRemoved: (id: string) => void;
  /** What stores are made with. */
  charts: Pick<EngineCharts, 'of'>;
  now: () => Date;
}

export interface StoreRecords {
  ids: () => Promise<string[]>;
  /**
   * `situation`: as observed, before what an action or a failure added. Writes only news, and publishes in any case: pods
   * may have changed. The verdict on the store's revision and the progress of its operation go with the status. False, and
   * nothing is written, if the spec was replaced or the store deleted meanwhile.
   */
  record: (situation: Situation, status: StoreStatus, done?: Done) => Promise<boolean>;
  /** Deletes the store's record; its history stays. */
  remove: (id: string) => Promise<void>;
}

export function createRecords({ storage, publish, onRemoved, charts, now }: RecordsOptions): StoreRecords {
  const closings = new Closings();

  function verdictOf(situation: Situation, status: StoreStatus): RevisionVerdict | undefined {
    const verdict = toVerdict(situation, status);
    if (!verdict) return undefined;
    const { id, values } = situation.store;
    const made = charts.of(situation.store);
    // A setup reports what it found, which may be newer than the values say.
    const reported = verdict.outcome === 'verified' ? status.versions : {};
    const closedSeconds = verdict.outcome === 'verified' ? closings.take(id) : undefined;
    return {
      ...verdict,
      ...(made ? { ...madeWith(made), versions: { ...made.versionsOf(values), ...reported } } : {}),
      ...(closedSeconds === undefined ? {} : { closedSeconds }),
    };
  }

  return {
    ids: async () => (await storage.stores.list()).map(({ id }) => id),
    async record(situation, status, done) {
      const { store: before, engine, view, now: at } = situation;
      closings.note(situation);
      const entries = toEntries(before, status, { at: new Date(at).toISOString(), done });
      const progress = toProgress(situation, status);
      const isNews = entries.length > 0 || progress !== undefined || toText(before) !== toText(status);
      let store: StoreRecord | undefined = before;
      if (isNews) {
        const verdict = verdictOf(situation, status);
        store = await storage.recorded(async (writes) => {
          const updated = await writes.update(before, status, entries);
          if (!updated) return undefined;
          if (verdict) await writes.concludeRevision(before.id, verdict);
          if (!progress) return updated;
          const running = await writes.advanceOperation(before.id, progress, new Date(at).toISOString());
          return { ...updated, running };
        });
        crashPoint('status-written');
      }
      if (store) publish(toStore(store, view, engine));
      if (isNews) crashPoint('event-published');
      return store !== undefined;
    },
    async remove(id) {
      const message = 'release and namespace are gone';
      const at = now().toISOString();
      const entry = { at, kind: 'action', actor: 'reconciler', what: 'deleted', message } as const;
      await storage.recorded((writes) => writes.deleteRecord(id, entry));
      closings.take(id);
      onRemoved(id);
    },
  };
}

function madeWith({ pin, platformDigest }: EngineChart): Partial<RevisionFacts> {
  return { chartVersion: pin.version, chartDigest: pin.digest, platformDigest };
}

/** The same text for the same status, whether it was read or derived. */
function toText(status: StoreStatus): string {
  const { phase, reason, message, conditions, observedGeneration, verifiedRevision } = status;
  const { problem, readyAt, inventory, sighting, attention, attempt, restarted, versions } = status;
  const one = [phase, reason, message, conditions, observedGeneration, verifiedRevision];
  return JSON.stringify([...one, problem, readyAt, inventory, sighting, attention, attempt, restarted, versions]);
}

/** The server itself, and its stores' recent history. */
import {
  type Caller,
  type Overview,
  type OverviewInput,
  schemaAt,
  seesStore,
  ShopyardError,
  type Store,
} from '@shopyard/contracts';
import type { PlatformService } from '@shopyard/contracts/services';
import type { Engines } from '@shopyard/engines';
import type { EngineCharts } from '../../chart/engine-charts.ts';
import type { ClusterLease } from '../../cluster-lease/cluster-lease.ts';
import type { Hub } from '../../live/hub.ts';
import type { LiveStores } from '../../live/live-stores.ts';
import { PUSH_WINDOW_MS } from '../../live/push-windows.ts';
import type { Storage } from '../../storage/storage.ts';
import { overviewOf, POINTS } from '../../domain/overview.ts';
import { turns } from '../turns.ts';
import type { ReadCapacity } from './capacity.ts';

const HOUR_MS = 3_600_000;
/** Entries of the activity: the latest, and those for one reason. */
const LATEST = 12;
const MOST = 100;
/** Times as many entries are read where most may be of other teams' stores. */
const LOOKED_THROUGH = 20;
/** Of a store that is gone, nobody but an administrator is told. */
const NOWHERE = { team: '' };
const NO_ROOM = { unknown: 'Only administrators see how much room the cluster has.' };

export interface PlatformServiceOptions {
  history: Storage['history'];
  live: { hub: Hub; liveStores: LiveStores };
  /** What stores can be made of. */
  catalogue: { engines: Engines; charts: EngineCharts };
  cluster: { lease: Pick<ClusterLease, 'refusal'>; capacity: ReadCapacity };
  adoption: Pick<PlatformService, 'adoptable' | 'adopt'>;
  now: () => Date;
}

export function createPlatformService(options: PlatformServiceOptions): PlatformService {
  const { history, adoption, now } = options;
  const { lease, capacity: readCapacity } = options.cluster;
  const { hub, liveStores } = options.live;
  const { engines, charts } = options.catalogue;
  const overview = async ({ hours, reason }: OverviewInput, caller: Caller): Promise<Overview> => {
    const isWhole = caller.roles.length > 0;
    const own = <Row extends { storeId: string }>(rows: readonly Row[]): Row[] =>
      rows.filter(({ storeId }) => isWhole || seesStore(caller, liveStores.get(storeId) ?? NOWHERE));
    const to = now().getTime();
    const from = to - hours * HOUR_MS;
    const since = new Date(from).toISOString();
    const most = reason === undefined ? LATEST : MOST;
    const raisedFor = reason === undefined ? {} : { raised: { reason, since } };
    const [begins, changes, ready, raised, activity, capacity] = await Promise.all([
      history.begins(),
      history.phaseChanges(since),
      history.firstReady(since),
      history.attentionRaised(since),
      history.activity({ limit: isWhole ? most : most * LOOKED_THROUGH, ...raisedFor }),
      readCapacity(),
    ]);
    const mine = { changes: own(changes), ready: own(ready), raised: own(raised) };
    return {
      ...overviewOf({ begins: isWhole ? begins : firstOf(liveStores.list(), caller), ...mine }, from, to),
      activity: own(activity).slice(0, most),
      capacity: isWhole ? capacity : NO_ROOM,
    };
  };
  return {
    ...adoption,
    async assertChangeable() {
      const refusal = await lease.refusal();
      if (refusal !== undefined) throw new ShopyardError('unavailable', refusal);
    },
    get: () => liveStores.platform,
    overview,
    async *watchOverview(input, watch, caller) {
      // Also yields without changes, whenever the chart gains a point.
      const stepMs = Math.max(PUSH_WINDOW_MS.overview, (input.hours * HOUR_MS) / POINTS);
      const listen = (notify: () => void): (() => void) => hub.onFlush(notify);
      for await (const turn of turns({ listen, windowMs: PUSH_WINDOW_MS.overview, atLeastMs: stepMs }, watch))
        yield { id: String(turn), data: await overview(input, caller) };
    },
    chart({ engine: id, version }) {
      const [present, engine] = [charts.get(id), engines.get(id)];
      if (!present || !engine)
        throw new ShopyardError('not_found', `choose one of the engines: ${[...charts.keys()].join(', ')}`);
      const isPresent = version === undefined || version === present.pin.version;
      const found = isPresent ? present : charts.of({ engine: id, chart: { version } });
      if (!found)
        throw new ShopyardError(
          'not_found',
          `there is no chart ${version}: choose ${charts.versions(id).join(' or ')}`,
        );
      const { sizes, described } = found.chart;
      // An earlier chart may lack some.
      const settings = engine.settings.filter(({ path }) => schemaAt(described, path));
      return { sizes, schema: { ...described }, settings };
    },
  };
}

/** When the oldest store that the caller sees was created. */
function firstOf(stores: readonly Store[], caller: Caller): string | undefined {
  return stores.find((store) => seesStore(caller, store))?.createdAt;
}

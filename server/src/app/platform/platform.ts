/** The server itself, and its stores' recent history. */
import { type Overview, type OverviewInput, schemaAt, ShopyardError } from '@shopyard/contracts';
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
  const overview = async ({ hours, reason }: OverviewInput): Promise<Overview> => {
    const to = now().getTime();
    const from = to - hours * HOUR_MS;
    const since = new Date(from).toISOString();
    const raisedFor = reason === undefined ? {} : { raised: { reason, since } };
    const [begins, changes, ready, raised, activity, capacity] = await Promise.all([
      history.begins(),
      history.phaseChanges(since),
      history.firstReady(since),
      history.attentionRaised(since),
      history.activity({ limit: reason === undefined ? LATEST : MOST, ...raisedFor }),
      readCapacity(),
    ]);
    return { ...overviewOf({ begins, changes, ready, raised }, from, to), activity, capacity };
  };
  return {
    ...adoption,
    async assertChangeable() {
      const refusal = await lease.refusal();
      if (refusal !== undefined) throw new ShopyardError('unavailable', refusal);
    },
    get: () => liveStores.platform,
    overview,
    async *watchOverview(input, watch) {
      // Also yields without changes, whenever the chart gains a point.
      const stepMs = Math.max(PUSH_WINDOW_MS.overview, (input.hours * HOUR_MS) / POINTS);
      const listen = (notify: () => void): (() => void) => hub.onFlush(notify);
      for await (const turn of turns({ listen, windowMs: PUSH_WINDOW_MS.overview, atLeastMs: stepMs }, watch))
        yield { id: String(turn), data: await overview(input) };
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

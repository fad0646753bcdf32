/**
 * What a team's stores take of what it may have, and whether it may take more. Asked in the transaction that creates a store
 * or makes it larger, so that two at once can't both take the last place.
 */
import { DEFAULT_TEAM, QUOTAS, type Quota, ShopyardError, TooManyRequestsError } from '@shopyard/contracts';
import type { EngineCharts } from '../../chart/engine-charts.ts';
import { isMap } from '../../chart/platform-values.ts';
import type { StoreRecord } from '../../domain/store.ts';
import { bytesOf } from '../../kube/quantity.ts';
import type { SpecWrites } from '../../storage/storage.ts';
import type { ValueChecks } from './refuse-values.ts';
import { secondsUntil } from '../../kit/seconds-until.ts';

const GIB = 1024 ** 3;
const HOUR_MS = 3_600_000;

export interface LoadSources extends Pick<ValueChecks, 'engines' | 'partsOf'> {
  charts: Pick<EngineCharts, 'of' | 'get'>;
}

type Weighed = Pick<StoreRecord, 'id' | 'namespace' | 'engine' | 'values' | 'chart' | 'waiting'>;
/** What a store takes at all times. */
export type Load = Record<Exclude<Quota, 'createsPerHour'>, number>;
type Asked = Pick<Weighed, 'engine' | 'values' | 'chart'>;

/** A change that waits counts as made where it makes the store larger: nobody is asked again when it begins. */
export function loadOf(sources: LoadSources, store: Weighed): Load {
  const { engine, waiting } = store;
  const wanted = [store, ...(waiting ? [{ engine, chart: store.chart, ...waiting }] : [])];
  const loads = wanted.map((asked) => ({
    sizeUnits: unitsOf(sources, asked),
    bytes: bytesWith(volumesOf(sources, asked), sources, store),
  }));
  return {
    stores: 1,
    sizeUnits: Math.max(...loads.map(({ sizeUnits }) => sizeUnits)),
    storageGiB: Math.max(...loads.map(({ bytes }) => bytes)) / GIB,
  };
}

/** Those that are being deleted count: they still take what they took. */
export function useOf(sources: LoadSources, stores: readonly StoreRecord[]): Load {
  const loads = stores.map((store) => loadOf(sources, store));
  const sum = (quota: keyof Load): number => loads.reduce((all, load) => all + load[quota], 0);
  return { stores: stores.length, sizeUnits: sum('sizeUnits'), storageGiB: round(sum('storageGiB')) };
}

export const isOfTeam = (team: string) => (store: Pick<StoreRecord, 'profile'>) =>
  (store.profile.team ?? DEFAULT_TEAM) === team;

export function createsSince(at: Date): Date {
  return new Date(at.getTime() - HOUR_MS);
}

interface Growth {
  before: StoreRecord;
  after: Weighed;
  at: Date;
}

/** The same for a change of a store, whichever team's it is. */
export function assertRoomFor(
  sources: LoadSources,
  writes: Pick<SpecWrites, 'list' | 'teams'>,
  growth: Growth,
): Promise<void> {
  return assertRoom(sources, writes, { ...growth, team: growth.before.profile.team ?? DEFAULT_TEAM });
}

/** Throws ShopyardError `quota_exceeded`, or `too_many_requests` for too many creates, with the quota, its limit and its use. */
export async function assertRoom(
  sources: LoadSources,
  writes: Pick<SpecWrites, 'list' | 'teams'>,
  { team, before, after, at }: Partial<Growth> & Pick<Growth, 'after' | 'at'> & { team: string },
): Promise<void> {
  const limits = (await writes.teams.find(team))?.limits ?? {};
  if (QUOTAS.every((quota) => limits[quota] === undefined)) return;
  if (!before && limits.createsPerHour !== undefined)
    assertPace(team, limits.createsPerHour, { creates: await writes.teams.creates(team, createsSince(at)), at });
  const use = useOf(sources, (await writes.list()).filter(isOfTeam(team)));
  const had = before ? loadOf(sources, before) : NOTHING;
  const takes = loadOf(sources, after);
  for (const quota of LOADS) {
    const name = NAMES[quota];
    const [limit, more] = [limits[quota], takes[quota] - had[quota]];
    if (limit === undefined || more <= 0 || use[quota] + more <= limit) continue;
    throw new ShopyardError(
      'quota_exceeded',
      `the team ${team} has ${use[quota]} of ${limit} ${name}, and this takes ${round(more)} more: delete a store${quota === 'stores' ? '' : ' or choose a smaller size'}, or ask an administrator for more`,
    );
  }
}

const LOADS = ['stores', 'sizeUnits', 'storageGiB'] as const satisfies (keyof Load)[];
const NOTHING: Load = { stores: 0, sizeUnits: 0, storageGiB: 0 };
const NAMES: Record<keyof Load, string> = {
  stores: 'stores',
  sizeUnits: 'size units',
  storageGiB: 'GiB of storage',
};

function assertPace(team: string, limit: number, { creates, at }: { creates: readonly string[]; at: Date }): void {
  if (creates.length < limit) return;
  // The place of this one is free again.
  const next = Date.parse(creates.at(-limit) ?? at.toISOString()) + HOUR_MS;
  const seconds = limit === 0 ? HOUR_MS / 1000 : secondsUntil(next, at.getTime());
  throw new TooManyRequestsError(
    `the team ${team} has created ${creates.length} of ${limit} stores within an hour: try again in ${Math.ceil(seconds / 60)} minutes, or ask an administrator for more`,
    seconds,
  );
}

const chartOf = ({ charts }: LoadSources, asked: Asked) => charts.of(asked) ?? charts.get(asked.engine);

/** Each size is twice the one before. */
function unitsOf(sources: LoadSources, asked: Asked): number {
  const known = chartOf(sources, asked);
  const size = known?.toEffective(asked.values)['size'];
  const place = known?.chart.sizes.findIndex(({ name }) => name === size) ?? 0;
  return 2 ** Math.max(place, 0);
}

/** Bytes that the values ask for, by the claim of the component. */
function volumesOf(sources: LoadSources, asked: Asked): Map<string, number> {
  const known = chartOf(sources, asked);
  const effective = known?.toEffective(asked.values) ?? {};
  const ofSize = known?.chart.volumes.get(String(effective['size']));
  const components = sources.engines.get(asked.engine)?.components ?? [];
  return new Map(
    components.flatMap(({ valuesKey, claim }) =>
      claim === undefined ? [] : [[claim, ownSize(effective[valuesKey]) || (ofSize?.get(valuesKey) ?? 0)]],
    ),
  );
}

/** 0 without one. */
function ownSize(section: unknown): number {
  const storage = isMap(section) ? section['storage'] : undefined;
  const size = isMap(storage) ? storage['size'] : undefined;
  return typeof size === 'string' ? bytesOf(size) : 0;
}

/** In all, each volume with what it has where that is more. */
function bytesWith(asked: Map<string, number>, { partsOf }: LoadSources, store: Weighed): number {
  const all = new Map(asked);
  for (const { name, capacity } of partsOf(store).claims)
    all.set(name, Math.max(all.get(name) ?? 0, bytesOf(capacity)));
  return [...all.values()].reduce((sum, bytes) => sum + bytes, 0);
}

const round = (number: number): number => Math.round(number * 100) / 100;

/** Each engine's charts, and the checks that follow from one and the platform's values. */
import { createHash } from 'node:crypto';
import {
  issueAt,
  type Store,
  valueAt,
  type ChartPin,
  type FullPin,
  formatPin,
  isPinned,
  type Pinned,
} from '@shopyard/contracts';
import type { Engine, Engines } from '@shopyard/engines';
import { ConfigError } from '../kit/config-error.ts';
import { type ChartShelf, openChartShelf, type PackedChart } from './chart-shelf.ts';
import { type CheckValues, createValuesCheck, overlay } from './check-values.ts';
import { between, type PlatformLayers, RULES_SETTING, toPlatformValues } from './platform-values.ts';
import type { StoreChart } from './read-chart.ts';

type Values = Record<string, unknown>;

export interface EngineChart {
  chart: StoreChart;
  pin: FullPin;
  /** What helm is given. */
  readonly path: string;
  platform: PlatformLayers;
  /** SHA-256 of them, to tell later whether they are others. */
  platformDigest: string;
  /** Why the platform's values don't fit this chart; of an earlier chart only. */
  misfit?: string;
  checkValues: CheckValues;
  /** A store's own values between the platform's, as helm gets them. */
  withPlatform: (own: Values) => Values;
  /** The same over the chart's. */
  toEffective: (own: Values) => Values;
  /** By name: what a store with these own values runs. */
  versionsOf: (own: Values) => Record<string, string>;
}

/** By the engine's id: the present charts, which new stores are made with. */
export interface EngineCharts extends ReadonlyMap<string, EngineChart> {
  /** The chart of a store; of one without a pin, the present one. `undefined` if this server lacks it. */
  of(store: Pinned): EngineChart | undefined;
  /** Versions that a store of an engine can be given. */
  versions(engine: string): string[];
  /** Keeps the present charts below this folder, for stores that stay with them. Returns why some could not be kept. */
  keepIn(dir: string): string[];
  /** With the version of the present chart, if the store is at another one. */
  offer(store: Store): Store;
}

/** `files`: the platform's layers for all engines. Throws ConfigError if an engine's part of one doesn't fit its present chart. */
export function readEngineCharts(engines: Engines, files: Partial<PlatformLayers> = {}): EngineCharts {
  const ids = [...engines.keys()];
  const values = toPlatformValues(files.values ?? {}, ids);
  const rules = toPlatformValues(files.rules ?? {}, ids, RULES_SETTING);
  for (const layer of rules.values()) refuseOwn(layer);
  const known = new Map(
    [...engines.values()].map((engine) => [
      engine.id,
      openCharts(engine, { values: values.get(engine.id) ?? {}, rules: rules.get(engine.id) ?? {} }),
    ]),
  );
  const present = new Map([...known].map(([id, { now }]) => [id, now]));
  const of: EngineCharts['of'] = ({ engine, chart: pin }) => {
    const charts = known.get(engine);
    return !charts || !pin || isPinned(pin, charts.now.pin) ? charts?.now : charts.earlier(pin);
  };
  return Object.assign(present, {
    of,
    versions: (engine: string) => known.get(engine)?.shelf.versions() ?? [],
    keepIn: (dir: string) => [...known.values()].flatMap(({ shelf }) => shelf.keepIn(dir) ?? []),
    offer(store: Store) {
      const now = present.get(store.engine)?.pin;
      if (!now || !store.chart || isPinned(store.chart, now)) return store;
      return { ...store, chart: { ...store.chart, update: now.version } };
    },
  });
}

/** Differs from store to store. */
const OWN = [['store', 'id'], ['store', 'name'], ['store', 'url'], ['ingress', 'host'], ['volumes']];

/** Throws ConfigError. */
function refuseOwn(rules: Values): void {
  const path = OWN.find((one) => valueAt(rules, one) !== undefined);
  if (path)
    throw new ConfigError(`${RULES_SETTING}: ${path.join('.')}: differs from store to store, so no rule may set it`);
}

interface Charts {
  shelf: ChartShelf;
  now: EngineChart;
  /** Made once: reading a package takes a while, and each look at a store asks. */
  earlier: (pin: ChartPin) => EngineChart | undefined;
}

function openCharts(engine: Engine, platform: PlatformLayers): Charts {
  const shelf = openChartShelf(engine.chart);
  const made = new Map<string, EngineChart>();
  const make = (packed: PackedChart, check: Checks): EngineChart => {
    const { chart, pin } = packed;
    const base = overlay(chart.defaults, platform.values);
    const toEffective = (own: Values): Values => overlay(overlay(base, own), platform.rules);
    return {
      ...check,
      chart,
      pin,
      get path() {
        return packed.path;
      },
      platform,
      withPlatform: (own) => between(platform, own),
      platformDigest: digestOf(platform),
      toEffective,
      versionsOf: (own) => toVersions(engine.versions, toEffective(own)),
    };
  };
  const { current } = shelf;
  return {
    shelf,
    now: make(current, { checkValues: createValuesCheck(current.chart, platform) }),
    earlier(pin) {
      const known = made.get(formatPin(pin));
      if (known) return known;
      const packed = shelf.find(pin);
      const found = packed && make(packed, checksOf(packed, platform));
      if (found) made.set(formatPin(pin), found);
      return found;
    },
  };
}

type Checks = Pick<EngineChart, 'checkValues' | 'misfit'>;

/** The platform's values are for the present chart: an earlier one may not know all of them. */
function checksOf({ chart, pin }: PackedChart, platform: PlatformLayers): Checks {
  try {
    return { checkValues: createValuesCheck(chart, platform) };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const misfit = `${error.message} (chart ${pin.version})`;
    return { misfit, checkValues: () => [issueAt(['values'], misfit)] };
  }
}

/** Without rules, as it was before there were any. */
function digestOf({ values, rules }: PlatformLayers): string {
  const layers = Object.keys(rules).length > 0 ? { values, rules } : values;
  return createHash('sha256').update(JSON.stringify(layers)).digest('hex');
}

/** Without those that the values leave open. */
function toVersions(versions: Engine['versions'], effective: Values): Record<string, string> {
  const found = versions.map(({ name, path }) => [name, path ? valueAt(effective, path) : undefined] as const);
  return Object.fromEntries(
    found.flatMap(([name, value]) => (typeof value === 'string' && value ? [[name, value]] : [])),
  );
}

/**
 * Layers of a store's values, each merged over the one before: the chart's, those of the platform that all engines share,
 * those of the platform for the store's engine, the store's own, and the platform's rules, again shared and for the engine.
 */
import { DEFAULT_ENGINE } from '@shopyard/contracts';
import { ConfigError } from '../kit/config-error.ts';

type Values = Record<string, unknown>;

/** By the engine's id: shared and engine's own, merged. */
export type PlatformValues = ReadonlyMap<string, Values>;

/** What the platform sets for the stores of an engine. */
export interface PlatformLayers {
  /** Below a store's own values: where it sets nothing. */
  values: Values;
  /** Above them: whatever it sets. */
  rules: Values;
}

/** Settings with the layers. */
export const VALUES_SETTING = 'SHOPYARD_STORE_VALUES';
export const RULES_SETTING = 'SHOPYARD_STORE_RULES';

/** Keys that mean the same in every engine's chart. */
const SHARED: ReadonlySet<string> = new Set(['global', 'size', 'ingress', 'quota', 'networkPolicy']);

/**
 * `file`: contents of the file that `setting` names. Its key `engines` holds the values of each engine; other keys that are not
 * shared belong to the default engine, as before there were several. Throws ConfigError for an unknown engine.
 */
export function toPlatformValues(
  { engines = {}, ...flat }: Values,
  ids: readonly string[],
  setting = VALUES_SETTING,
): PlatformValues {
  if (!isMap(engines)) throw new ConfigError(`${setting}: engines: must be a map from engine to values`);
  const own = new Map<string, Values>();
  for (const [id, values] of Object.entries(engines)) {
    const field = `${setting}: engines.${id}`;
    if (!ids.includes(id)) throw new ConfigError(`${field}: choose one of the engines: ${ids.join(', ')}`);
    if (!isMap(values)) throw new ConfigError(`${field}: must be a map of Helm values`);
    own.set(id, values);
  }
  const shared = Object.fromEntries(Object.entries(flat).filter(([key]) => SHARED.has(key)));
  const below = (id: string): Values => (id === DEFAULT_ENGINE ? flat : shared);
  return new Map(ids.map((id) => [id, layer(below(id), own.get(id) ?? {})]));
}

/**
 * Merges two layers as helm merges values files: maps by key, anything else replaces. A null stays, because it also
 * deletes the value of the layers below.
 */
export function layer(below: Values, above: Values): Values {
  const merged = new Map(Object.entries(below));
  for (const [key, value] of Object.entries(above)) {
    const under = merged.get(key);
    merged.set(key, isMap(value) && isMap(under) ? layer(under, value) : value);
  }
  return Object.fromEntries(merged);
}

/** A store's own values between the platform's layers. */
export function between({ values, rules }: PlatformLayers, own: Values): Values {
  return layer(layer(values, own), rules);
}

/** The values that helm gets for a store: its own between the platform's, and its existing volumes. */
export function toReleaseValues(platform: PlatformLayers, { own, volumes }: { own: Values; volumes: Values }): Values {
  return layer(between(platform, own), { volumes });
}

export function isMap(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

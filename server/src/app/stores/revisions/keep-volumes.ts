/** Volumes never shrink: old values that ask for less than a volume has take the size that is asked for now. Pure. */
import type { StoreParts } from '@shopyard/contracts';
import { valueAt } from '@shopyard/contracts';
import type { Engine } from '@shopyard/engines';
import { isMap } from '../../../chart/platform-values.ts';
import { bytesOf } from '../../../kube/quantity.ts';

type Values = Record<string, unknown>;

interface Present {
  engine: Engine;
  claims: StoreParts['claims'];
  /** The store's own values as they are. */
  values: Values;
}

export function keepVolumes(old: Values, { engine, claims, values: present }: Present): Values {
  return engine.components.reduce((values, { valuesKey, claim: own }) => {
    const { capacity } = claims.find(({ name }) => name === own) ?? {};
    const path = [valuesKey, 'storage', 'size'];
    const size = valueAt(values, path);
    if (capacity === undefined || typeof size !== 'string' || bytesOf(size) >= bytesOf(capacity)) return values;
    return withValue(values, path, valueAt(present, path));
  }, old);
}

/** `undefined` removes it. */
function withValue(values: Values, [key = '', ...rest]: readonly string[], value: unknown): Values {
  const child = values[key];
  const next = rest.length > 0 ? withValue(isMap(child) ? child : {}, rest, value) : value;
  const others = Object.entries(values).filter(([name]) => name !== key);
  return Object.fromEntries(next === undefined ? others : [...others, [key, next]]);
}

/**
 * What callers may set who don't manage the platform: the settings of the shop itself. Everything else, such as images and host
 * names, could lead out of their store, so it is an administrator's and stays as it is in their changes.
 */
import {
  type Caller,
  differencesOf,
  type Grants,
  type FieldIssue,
  issueAt,
  may,
  type Setting,
} from '@shopyard/contracts';
import type { Engine, Engines } from '@shopyard/engines';
import { isMap } from '../../chart/platform-values.ts';
import { refuse } from './refuse-values.ts';

type Values = Record<string, unknown>;

export interface TenantChange {
  caller: Grants;
  engine: Pick<Engine, 'settings'> | undefined;
  /** The store's present values; none for a new store. */
  before: Values;
  asked: Values;
}

/** The asked values, with an administrator's as they were where they are left out, and what the caller may not set. */
export function keepOperators({ caller, engine, before, asked }: TenantChange): {
  values: Values;
  issues: FieldIssue[];
} {
  if (may(caller, 'platform:manage')) return { values: asked, issues: [] };
  const own = (engine?.settings ?? []).filter(({ tenant }) => tenant);
  const foreign = differencesOf(before, asked).filter(({ path }) => !own.some((setting) => isAt(setting, path)));
  return {
    values: foreign.reduce((values, { path, before: kept }) => setAt(values, path, kept), asked),
    issues: foreign
      .filter(({ after }) => after !== undefined)
      .map(({ path }) => issueAt(['values', ...path], 'only an administrator may set this: ask one, or leave it out')),
  };
}

/** For a new store. Throws a ShopyardError that lists every value which the caller may not set. */
export function refuseOperators(engines: Engines, store: { engine: string; values: Values }, caller: Caller): void {
  const { issues } = keepOperators({ caller, engine: engines.get(store.engine), before: {}, asked: store.values });
  refuse(issues);
}

const isAt = (setting: Setting, path: readonly string[]): boolean =>
  setting.path.length === path.length && setting.path.every((key, index) => key === path[index]);

/** Without the key where there was no value. */
function setAt(values: Values, [key = '', ...rest]: readonly string[], value: unknown): Values {
  const child = values[key];
  if (rest.length > 0) return { ...values, [key]: setAt(isMap(child) ? child : {}, rest, value) };
  const { [key]: _before, ...others } = values;
  return value === undefined ? others : { ...others, [key]: value };
}

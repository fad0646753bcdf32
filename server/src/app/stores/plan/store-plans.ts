/** Plans of changes and of new stores: judged now, and kept for ten minutes. */
import { newId } from '../../../kit/new-id.ts';
import {
  type Caller,
  DEFAULT_ENGINE,
  differencesOf,
  namespaceOfStore,
  type PlanStore,
  refusedObjects,
  ShopyardError,
  type StorePlan,
  isPinned,
} from '@shopyard/contracts';
import type { StoreService } from '@shopyard/contracts/services';
import { requireEngine } from '@shopyard/engines';
import type { EngineChart } from '../../../chart/engine-charts.ts';
import { redactValue } from '../../../domain/redact-values.ts';
import type { Revision } from '../../../domain/revision.ts';
import { helmValuesOf } from '../../../domain/store.ts';
import type { Storage } from '../../../storage/storage.ts';
import { assertAllowed } from '../../assert-allowed.ts';
import { refuseUnreadable } from '../../unreadable.ts';
import { refuseTaken } from '../create-store.ts';
import { type Timing, timingNotes } from '../change-timing.ts';
import { databaseChangesOf } from '../confirm-upgrade.ts';
import { toNext } from '../next-values.ts';
import { refuseValues, type ValueChecks } from '../refuse-values.ts';
import { requireStore } from '../require-store.ts';
import { refuseOperators } from '../tenant-values.ts';
import { otherGeneration } from '../update-store.ts';
import { toImpact } from './impact.ts';
import { judgeChange, type Judges, type PlannedStore } from './judge-change.ts';
import { judgeNew } from './judge-new.ts';

const PLAN_MS = 30_000;
const KEPT_MS = 10 * 60_000;
/** Revisions in which a time is looked for that the shop was closed. */
const LOOKED_BACK = 20;

export interface StorePlansOptions {
  checks: ValueChecks & Pick<Timing, 'window'>;
  judges: Judges;
  storage: Pick<Storage, 'history' | 'revisions' | 'plans'>;
  /** What is worth knowing of a new store of this size, in sentences. */
  roomFor: (engine: string, size: unknown) => Promise<string[]>;
  now: () => Date;
}

export function createStorePlans(options: StorePlansOptions): Pick<StoreService, 'plan'> {
  const { storage, now } = options;
  const keep = async (input: PlanStore, plan: Draft, caller: Caller): Promise<StorePlan> => {
    const [planId, at] = [newId('pl'), now()];
    const expiresAt = new Date(at.getTime() + KEPT_MS).toISOString();
    const [refused] = refusedObjects(plan);
    const why = refused && `the cluster refuses ${refused.kind} ${refused.name}: ${refused.why ?? ''}`;
    const { generation } = plan;
    await storage.plans.keep({ id: planId, input, generation, refused: why, actor: caller.user.name, expiresAt }, at);
    return { planId, expiresAt, ...plan };
  };

  return {
    async plan({ values: given, generation, ...input }, caller) {
      const { id, name, engine = DEFAULT_ENGINE, chart } = input;
      // Without values, another chart keeps those of the store.
      const values = given ?? (chart === undefined ? {} : undefined);
      const draft =
        id === undefined
          ? await planNew(options, { name: name ?? '', engine, values: values ?? {} }, caller)
          : await planChange(options, { id, values, version: chart }, { caller, expected: generation });
      return keep({ ...input, values }, draft, caller);
    },
  };
}

type Draft = Omit<StorePlan, 'planId' | 'expiresAt'>;

async function planChange(
  { checks, judges, storage, now }: StorePlansOptions,
  { id, ...asked }: { id: string; values: Values | undefined; version: string | undefined },
  { caller, expected }: { caller: Caller; expected: number | undefined },
): Promise<Draft> {
  const store = requireStore(checks.liveStores, id);
  assertAllowed('stores.plan', caller, store);
  const isOther = (present: number): boolean => expected !== undefined && expected !== present;
  if (isOther(store.generation)) throw await otherGeneration(storage, id);
  const change = await toNext(checks, store, { ...asked, caller });
  if (!change) throw new Error('a plan has values or a chart');
  const { known, values, chart } = change;
  const { name, engine: engineId, generation } = known.record;
  // Somebody may have been faster since.
  if (isOther(generation)) throw await otherGeneration(storage, id);
  const next = { ...known.record, values, chart: chart.pin, url: checks.urlOf({ name, engine: engineId, values }) };
  const engine = requireEngine(checks.engines, next);
  const { claims } = checks.partsOf(store);
  const signal = AbortSignal.timeout(PLAN_MS);
  const [{ objects, isAsked }, revisions] = await Promise.all([
    judgeChange(judges, { next, engine, chart, claims, signal }).catch(refuseUnreadable),
    storage.revisions.list(id, { limit: LOOKED_BACK }),
  ]);
  const before = known.chart.toEffective(helmValuesOf(known.record));
  const after = chart.toEffective(helmValuesOf(next));
  const impact = toImpact({
    engine,
    objects,
    database: databaseChangesOf(engine, known, change),
    closedSeconds: revisions.find(({ closedSeconds = 0 }) => closedSeconds > 0)?.closedSeconds,
    isNew: false,
    isSuspended: known.record.desired === 'suspended',
  });
  return {
    generation,
    values: valuesOf(engine.settings, before, after),
    ...(isPinned(chart.pin, known.chart.pin) && !known.isMissing
      ? {}
      : { chart: { before: known.record.chart?.version ?? '', after: chart.pin.version } }),
    objects,
    impact,
    notes: [
      ...(isAsked ? [] : [NOT_ASKED]),
      ...timingNotes(known.record, { window: checks.window, at: now() }),
      ...platformNotes(revisions, chart),
    ],
  };
}

/** They come into effect with whatever helm does next; a repair of single objects does without helm. */
function platformNotes(revisions: readonly Revision[], { platformDigest }: EngineChart): string[] {
  const installed = revisions.find((revision) => revision.platformDigest !== undefined);
  const isSame = installed === undefined || installed.platformDigest === platformDigest;
  return isSame ? [] : [PLATFORM_CHANGED];
}

const PLATFORM_CHANGED =
  "The platform's values (SHOPYARD_STORE_VALUES) have changed since the store last worked: this change takes them in, and so would a retry.";
const NOT_ASKED =
  'The namespace does not exist yet, so the cluster was not asked about the objects in it. Names, values, kinds and quotas were checked.';

async function planNew(
  { checks, judges, roomFor }: StorePlansOptions,
  { name, engine: engineId, values }: { name: string; engine: string; values: Record<string, unknown> },
  caller: Caller,
): Promise<Draft> {
  refuseOperators(checks.engines, { engine: engineId, values }, caller);
  await refuseValues(checks, { name, engine: engineId, values });
  refuseTaken(await checks.storage.stores.findByName(name), name);
  const chart = checks.charts.get(engineId);
  if (!chart) throw new ShopyardError('unavailable', `this server has no engine ${engineId}`);
  const url = checks.urlOf({ name, engine: engineId, values });
  // Whatever its id will be, nothing in its objects depends on it but a label.
  const next: PlannedStore = {
    id: 'st_0000000000000000',
    name,
    namespace: namespaceOfStore(name),
    engine: engineId,
    values,
    url,
    profile: {},
    generation: 1,
    desired: 'present',
    createdBy: '',
    createdAt: '',
  };
  const engine = requireEngine(checks.engines, next);
  const signal = AbortSignal.timeout(PLAN_MS);
  const objects = await judgeNew(judges, { next, engine, chart, signal }).catch(refuseUnreadable);
  const before = chart.toEffective(helmValuesOf({ ...next, values: {} }));
  const after = chart.toEffective(helmValuesOf(next));
  return {
    generation: 0,
    values: valuesOf(engine.settings, before, after),
    objects,
    impact: toImpact({ engine, objects, database: [], closedSeconds: undefined, isNew: true }),
    notes: [NOT_ASKED, ...(await roomFor(engineId, after['size']))],
  };
}

type Values = Record<string, unknown>;

/** What differs, as people are shown it. */
export function valuesOf(
  settings: readonly { path: readonly string[]; label: string }[],
  before: Values,
  after: Values,
): Draft['values'] {
  return differencesOf(before, after).map(({ path, ...sides }) => {
    const shown = Object.entries(sides).filter(([, value]) => value !== undefined);
    const name = path.at(-1) ?? '';
    const label = settings.find((setting) => setting.path.join('.') === path.join('.'))?.label;
    return {
      path,
      ...(label === undefined ? {} : { label }),
      ...Object.fromEntries(shown.map(([side, value]) => [side, redactValue(name, value)])),
    };
  });
}

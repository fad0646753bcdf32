/** A store's revisions, and what differs between two of them. Changes nothing. */
import { isDeepStrictEqual } from 'node:util';
import { type RevisionComparison, ShopyardError, type ShownRevision, valueAt } from '@shopyard/contracts';
import type { StoreService } from '@shopyard/contracts/services';
import { type Engine, requireEngine } from '@shopyard/engines';
import type { EngineChart } from '../../../chart/engine-charts.ts';
import { redactValues } from '../../../domain/redact-values.ts';
import { pinOf, type Revision } from '../../../domain/revision.ts';
import { helmValuesOf, type StoreRecord } from '../../../domain/store.ts';
import { refuseUnreadable } from '../../unreadable.ts';
import { type Known, requireKnown } from '../known-store.ts';
import { type Compared, compareManifests } from '../plan/compare-manifests.ts';
import { type Judges, renderChecked } from '../plan/judge-change.ts';
import { valuesOf } from '../plan/store-plans.ts';
import type { ValueChecks } from '../refuse-values.ts';
import { findPrevious, requireRevision } from './find-revision.ts';

const COMPARE_MS = 30_000;

export interface StoreRevisionsOptions extends Pick<Judges, 'render'> {
  checks: ValueChecks;
  cluster: { resources: Judges['cluster'] };
}

export function createStoreRevisions(
  options: StoreRevisionsOptions,
): Pick<StoreService, 'revisions' | 'compareRevisions'> {
  const { checks } = options;
  const { storage } = checks;
  return {
    async revisions({ id, limit, cursor }) {
      const { record, chart } = await requireKnown(checks, id);
      const engine = requireEngine(checks.engines, record);
      const found = await storage.revisions.list(id, { limit: limit + 1, before: cursor });
      const page = found.slice(0, limit);
      const next = found.length > limit ? page.at(-1)?.generation : undefined;
      const previous = await findPrevious(storage.revisions, record);
      return {
        revisions: page.map((revision) => toShown(revision, engine, chart)),
        ...(next === undefined ? {} : { next }),
        ...(previous ? { previous: previous.generation } : {}),
      };
    },

    async compareRevisions({ id, from, to }) {
      const known = await requireKnown(checks, id);
      const [before, after] = [
        await requireRevision(storage.revisions, id, { field: 'from', generation: from }),
        await requireRevision(storage.revisions, id, { field: 'to', generation: to }),
      ].map((revision) => asMade(options, known, revision));
      if (!before || !after) throw new Error('two revisions make two stores');
      const { settings } = requireEngine(checks.engines, known.record);
      return {
        values: valuesOf(settings, effectiveOf(before), effectiveOf(after)),
        ...(await objectsOf(options, known, [before, after])),
      };
    },
  };
}

function toShown({ values, versions, ...rest }: Revision, engine: Engine, chart: EngineChart): ShownRevision {
  // One that was never installed would be with today's chart.
  const known = versions ?? chart.versionsOf(values);
  const shown = engine.versions.flatMap(({ name, title }) => {
    const version = known[name];
    return version === undefined ? [] : [{ name, title, version }];
  });
  return { ...rest, values: redactValues(values), versions: shown };
}

interface Made {
  next: StoreRecord;
  chart: EngineChart;
}

/** The store as a revision made it; with the present chart if its own is unknown. */
function asMade({ checks }: StoreRevisionsOptions, { record, chart }: Known, revision: Revision): Made {
  const { name, engine } = record;
  const { values } = revision;
  const next = { ...record, values, url: checks.urlOf({ name, engine, values }) };
  const pin = pinOf(revision);
  return { next, chart: (pin && checks.charts.of({ engine, chart: pin })) ?? chart };
}

const effectiveOf = ({ next, chart }: Made): Record<string, unknown> => chart.toEffective(helmValuesOf(next));

/** Old values may not fit the chart: then there are no objects to compare. */
async function objectsOf(
  { checks, cluster, render }: StoreRevisionsOptions,
  { record }: Known,
  stores: readonly Made[],
): Promise<Pick<RevisionComparison, 'objects' | 'restarts' | 'trouble'>> {
  const engine = requireEngine(checks.engines, record);
  const signal = AbortSignal.timeout(COMPARE_MS);
  try {
    const volumes = await cluster.resources.readVolumes(record, signal).catch(refuseUnreadable);
    const [before = [], after = []] = await Promise.all(
      stores.map((made) => renderChecked(render, { ...made, signal }, volumes).catch(refuseUnreadable)),
    );
    const differing = compareManifests(engine, before, after).filter(
      (one) => !isDeepStrictEqual(one.before, one.after),
    );
    return { objects: differing.map(toChange), restarts: restartsOf(engine, differing) };
  } catch (error) {
    if (!(error instanceof ShopyardError)) throw error;
    return { objects: [], restarts: [], trouble: error.message };
  }
}

function toChange({ kind, name, before, after, diff }: Compared): RevisionComparison['objects'][number] {
  return { kind, name, verdict: !before ? 'created' : after ? 'changed' : 'removed', diff };
}

/** Components whose pods have another template. */
function restartsOf(engine: Engine, objects: readonly Compared[]): string[] {
  const templateOf = (object: Compared['before']): unknown => object && valueAt(object, ['spec', 'template']);
  const replaced = objects.filter(
    ({ kind, before, after }) =>
      (kind === 'Deployment' || kind === 'StatefulSet') && !isDeepStrictEqual(templateOf(before), templateOf(after)),
  );
  const isReplaced = (name: string): boolean => replaced.some((object) => object.name === name);
  return engine.components.filter(({ name }) => isReplaced(name)).map(({ name }) => name);
}

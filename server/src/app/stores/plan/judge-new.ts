/** Judges a store that does not exist yet, as far as the cluster can be asked without its namespace. */
import type { PlannedObject } from '@shopyard/contracts';
import type { Engine } from '@shopyard/engines';
import type { EngineChart } from '../../../chart/engine-charts.ts';
import { compareManifests } from './compare-manifests.ts';
import { type Judges, type PlannedStore, renderChecked, sumUp } from './judge-change.ts';

export interface NewStoreCandidate {
  next: PlannedStore;
  engine: Engine;
  chart: EngineChart;
  signal: AbortSignal;
}

/** Throws ShopyardError, HelmError and ClusterError. */
export async function judgeNew(
  { dryRuns, render }: Pick<Judges, 'dryRuns' | 'render'>,
  candidate: NewStoreCandidate,
): Promise<PlannedObject[]> {
  const { next, engine, signal } = candidate;
  const [refusal, objects] = await Promise.all([dryRuns.namespace(next, signal), renderChecked(render, candidate, {})]);
  const compared = compareManifests(engine, [], objects);
  const making = compared.flatMap(({ after }) => after ?? []);
  const over = sumUp({ staying: [], making }, []);
  const namespace = { kind: 'Namespace', name: next.namespace, diff: '' };
  return [
    refusal ? { ...namespace, verdict: 'refused', why: refusal.why } : { ...namespace, verdict: 'created' },
    ...compared.map(({ kind, name, after, diff }): PlannedObject => {
      const why = after && over.get(after);
      return why === undefined
        ? { kind, name, verdict: 'created', diff }
        : { kind, name, verdict: 'refused', why, diff };
    }),
  ];
}

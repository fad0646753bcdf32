/** The API server's verdict on each object of a change, before anything happens. */
import type { PlannedObject } from '@shopyard/contracts';
import { isDeepStrictEqual } from 'node:util';
import { withOwner } from '../../../chart/check-record.ts';
import type { DryRuns } from '../../../cluster/dry-runs.ts';
import { essence, type LiveObject, type ManifestObject } from '../../../kube/applied-object.ts';
import type { Judgement } from '../../../kube/dry-run.ts';
import type { Compared } from './compare-manifests.ts';
import { diffObjects } from './diff-objects.ts';
import { podOf } from './pods-of.ts';

export interface Judged extends PlannedObject {
  /** As it would be applied. */
  object: ManifestObject | undefined;
  /** There is no namespace yet in which the cluster could be asked. */
  unasked?: boolean;
}

export interface JudgeOptions {
  dryRuns: Pick<DryRuns, 'object' | 'pod'>;
  release: { name: string; namespace: string; nextRevision: number };
  signal: AbortSignal;
}

/** Throws ClusterError if the cluster doesn't answer. */
export function judgeObjects(compared: readonly Compared[], options: JudgeOptions): Promise<Judged[]> {
  const changing = compared.filter(({ kind, diff }) => kind === 'ResourceQuota' && diff !== '');
  const quotas = new Set(changing.map(({ name }) => name));
  return Promise.all(compared.map((one) => judge(one, { ...options, quotas })));
}

interface With extends JudgeOptions {
  /** Those that change: what they are now says nothing. */
  quotas: ReadonlySet<string>;
}

async function judge(compared: Compared, { dryRuns, release, signal, quotas }: With): Promise<Judged> {
  const { kind, name, before, after, isNumbered, diff } = compared;
  if (!after) return removed(compared);
  const [object = after] = withOwner(release, [isNumbered ? renamed(after, `${name}-${release.nextRevision}`) : after]);
  const judged = await dryRuns.object(release, object, signal);
  const shown = { kind, name, object, diff };
  if (judged.kind === 'unasked') return { ...shown, verdict: 'created', unasked: true };
  if (judged.kind === 'refused') {
    if (quotas.has(judged.quota ?? '')) return { ...shown, verdict: before ? 'changed' : 'created' };
    return { ...shown, verdict: 'refused', why: judged.why };
  }
  if (!before && judged.before && !belongsTo(judged.before, release))
    return {
      ...shown,
      verdict: 'refused',
      why: `it exists and isn't part of this store's release, so Helm won't take it over`,
    };
  const verdict = verdictOf(compared, judged);
  const pod = podOf(object);
  const makesPods = verdict === 'created' || verdict === 'restarts' || verdict === 'replaced' || kind === 'CronJob';
  const refusal = pod && makesPods && verdict !== 'unchanged' ? await dryRuns.pod(release, pod, signal) : undefined;
  // The pods that are replaced still count: the sums decide.
  if (refusal && refusal.quota === undefined) return { ...shown, verdict: 'refused', why: `its pods: ${refusal.why}` };
  if (judged.kind === 'unknown') return { ...shown, verdict, why: `the cluster can't say beforehand: ${judged.why}` };
  if (verdict === 'unchanged') return { ...shown, verdict, diff: '' };
  return { ...shown, verdict, ...(diff === '' ? foreign(judged) : {}) };
}

function removed({ kind, name, before, diff }: Compared): Judged {
  const isKept = before?.metadata.annotations?.['helm.sh/resource-policy'] === 'keep';
  const shown = { kind, name, object: undefined };
  if (isKept) return { ...shown, verdict: 'unchanged', why: 'helm leaves it, with its data', diff: '' };
  return { ...shown, verdict: 'removed', diff };
}

function verdictOf({ before, isNumbered, diff }: Compared, judged: Judgement): PlannedObject['verdict'] {
  if (isNumbered) return before ? 'replaced' : 'created';
  if (judged.kind !== 'accepted') return diff === '' ? 'unchanged' : before ? 'changed' : 'created';
  if (!judged.before) return 'created';
  if (!judged.changes) return 'unchanged';
  return replacesPods(judged) ? 'restarts' : 'changed';
}

interface Workload {
  kind?: string;
  spec?: { replicas?: number; template?: unknown };
}

/** Whether running pods are replaced: those of a workload that gets another template. */
function replacesPods(judged: { before: LiveObject | undefined; after: LiveObject }): boolean {
  const [before, after] = [parseWorkload(judged.before), parseWorkload(judged.after)];
  const isWorkload = after.kind === 'Deployment' || after.kind === 'StatefulSet';
  const runs = (before.spec?.replicas ?? 1) > 0;
  return isWorkload && runs && !isDeepStrictEqual(before.spec?.template, after.spec?.template);
}

/** The API server's answer. */
function parseWorkload(object: LiveObject | undefined): Workload {
  return (object ?? {}) as Workload;
}

/** What somebody changed in the cluster is put back, although the manifests are the same. */
function foreign(judged: Judgement): Pick<Judged, 'diff' | 'why'> | undefined {
  if (judged.kind !== 'accepted' || !judged.before) return undefined;
  const diff = diffObjects(essence(judged.before), essence(judged.after));
  return { why: 'it was changed in the cluster, and this restores it', diff };
}

/** As helm checks it. */
function belongsTo(
  { metadata }: { metadata: { labels?: Record<string, string>; annotations?: Record<string, string> } },
  { name, namespace }: JudgeOptions['release'],
): boolean {
  return (
    metadata.labels?.['app.kubernetes.io/managed-by'] === 'Helm' &&
    metadata.annotations?.['meta.helm.sh/release-name'] === name &&
    metadata.annotations['meta.helm.sh/release-namespace'] === namespace
  );
}

const renamed = (object: ManifestObject, name: string): ManifestObject => ({
  ...object,
  metadata: { ...object.metadata, name },
});

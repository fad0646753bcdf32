/** Judges a change of a store in three layers: values, manifest, and the API server's verdict on each object. */
import { issueAt, type PlannedObject, ShopyardError, type StoreParts } from '@shopyard/contracts';
import type { Engine } from '@shopyard/engines';
import { isDeepStrictEqual } from 'node:util';
import { checkManifest } from '../../../chart/check-manifest.ts';
import { checkRecord } from '../../../chart/check-record.ts';
import type { EngineChart } from '../../../chart/engine-charts.ts';
import { toReleaseValues } from '../../../chart/platform-values.ts';
import type { DryRuns, QuotaObject } from '../../../cluster/dry-runs.ts';
import type { StoreResources } from '../../../cluster/resources.ts';
import type { ReleaseRecord } from '../../../domain/observation.ts';
import { helmValuesOf, type StoreSpec } from '../../../domain/store.ts';
import { HelmError } from '../../../helm/helm-error.ts';
import type { Helm } from '../../../helm/helm.ts';
import type { ManifestObject } from '../../../kube/applied-object.ts';
import { compareManifests } from './compare-manifests.ts';
import { judgeGrowth } from './judge-growth.ts';
import { type Judged, judgeObjects } from './judge-objects.ts';
import { defaultsOf, findOverQuota, quotasOf, type Sums } from './quota-sums.ts';

export interface Judges {
  cluster: Pick<StoreResources, 'readVolumes' | 'releaseRecords'>;
  dryRuns: DryRuns;
  render: Helm['render'];
}

export type PlannedStore = StoreSpec & { url: string };

export interface Candidate {
  /** The store as it would be. */
  next: PlannedStore;
  engine: Engine;
  chart: EngineChart;
  claims: StoreParts['claims'];
  signal: AbortSignal;
}

interface Verdicts {
  objects: PlannedObject[];
  /** The cluster was asked about the objects. */
  isAsked: boolean;
}

/**
 * What is refused is judged again if the release or its volumes became others meanwhile, as during an update: it may be
 * refused because of that. Throws ShopyardError, HelmError and ClusterError.
 */
export async function judgeChange(judges: Judges, candidate: Candidate): Promise<Verdicts> {
  let installed = await readInstalled(judges, candidate);
  for (;;) {
    const verdicts = await judgeInstalled(judges, candidate, installed);
    if (!verdicts.objects.some(({ verdict }) => verdict === 'refused')) return verdicts;
    const now = await readInstalled(judges, candidate);
    if (isDeepStrictEqual(stateOf(now), stateOf(installed))) return verdicts;
    installed = now;
  }
}

interface Installed {
  records: readonly ReleaseRecord[];
  volumes: Record<string, unknown>;
}

async function readInstalled({ cluster }: Judges, { next, signal }: Candidate): Promise<Installed> {
  const [records, volumes] = await Promise.all([
    cluster.releaseRecords(next, signal),
    cluster.readVolumes(next, signal),
  ]);
  return { records, volumes };
}

const stateOf = ({ records, volumes }: Installed): unknown => [
  records.map(({ revision, status }) => [revision, status]),
  volumes,
];

async function judgeInstalled(
  { dryRuns, render }: Judges,
  candidate: Candidate,
  { records, volumes }: Installed,
): Promise<Verdicts> {
  const { next, engine, signal } = candidate;
  const { name, namespace } = next;
  const [after, before] = await Promise.all([
    renderChecked(render, candidate, volumes),
    // Read while helm renders.
    installedObjects(records, namespace),
  ]);
  const compared = compareManifests(engine, before, after);
  const nextRevision = Math.max(0, ...records.map(({ revision }) => revision)) + 1;
  const [judged, growing, present] = await Promise.all([
    judgeObjects(compared, { dryRuns, release: { name, namespace, nextRevision }, signal }),
    judgeGrowth({ ...candidate, objects: compared.flatMap(({ after }) => after ?? []), dryRuns, namespace }),
    dryRuns.quotas(next, signal),
  ]);
  const isAsked = !judged.some(({ unasked }) => unasked);
  return { objects: inOrder(withGrowth(withSums(judged, present), growing)), isAsked };
}

/** The objects of the new release. Throws ShopyardError for one that no store may have. */
export async function renderChecked(
  render: Helm['render'],
  { next, chart: { platform, path }, signal }: Omit<Candidate, 'claims' | 'engine'>,
  volumes: Record<string, unknown>,
): Promise<ManifestObject[]> {
  const { name, namespace } = next;
  const values = toReleaseValues(platform, { own: helmValuesOf(next), volumes });
  const manifest = await render({ name, namespace, chart: path, values, signal }).catch(refuseRendering);
  const checked = checkManifest(manifest, namespace);
  if (typeof checked !== 'string') return checked;
  return refuseValues(`the manifest would be refused: ${checked}`);
}

/** Those of the release as it runs; none if none was ever deployed. */
async function installedObjects(records: readonly ReleaseRecord[], namespace: string): Promise<ManifestObject[]> {
  const newest = records.toSorted((a, b) => b.revision - a.revision);
  const installed = newest.find(({ status }) => status === 'deployed') ?? newest[0];
  if (!installed) return [];
  const checked = checkRecord(installed.data, namespace);
  if (typeof checked !== 'string') return checked;
  throw new ShopyardError('unavailable', `helm's record ${installed.name} is refused: ${checked}`);
}

function refuseRendering(error: unknown): never {
  if (error instanceof HelmError && error.kind === 'invalid-values') return refuseValues(error.message);
  throw error;
}

function refuseValues(message: string): never {
  const issue = issueAt(['values'], message);
  throw new ShopyardError('validation_failed', `${issue.field}: ${message}`, [issue]);
}

function withSums(judged: readonly Judged[], present: readonly QuotaObject[]): Judged[] {
  const stays = ({ verdict }: Judged): boolean => verdict === 'unchanged' || verdict === 'changed';
  const objectsOf = (some: readonly Judged[]): ManifestObject[] => some.flatMap(({ object }) => object ?? []);
  const staying = objectsOf(judged.filter(stays));
  const making = objectsOf(judged.filter((one) => !stays(one)));
  const over = sumUp({ staying, making }, present);
  return judged.map((one) => {
    const why = one.object && over.get(one.object);
    return why === undefined || one.verdict === 'refused' ? one : { ...one, verdict: 'refused', why };
  });
}

/** Why an object's pods would not fit. `present`: quotas of the namespace that are not the store's stay as they are. */
export function sumUp(
  { staying, making }: Pick<Sums, 'staying' | 'making'>,
  present: readonly QuotaObject[],
): ReadonlyMap<ManifestObject, string> {
  const objects = [...staying, ...making];
  const own = quotasOf(objects);
  const others = present.filter(({ metadata }) => !own.some((quota) => quota.metadata.name === metadata.name));
  const over = findOverQuota({ staying, making, quotas: [...own, ...others], defaults: defaultsOf(objects) });
  return new Map(over.map(({ object, why }) => [object, why]));
}

/** Claims of the manifest are judged once. */
function withGrowth(judged: readonly Judged[], growing: readonly PlannedObject[]): PlannedObject[] {
  const isSame = (a: PlannedObject, b: PlannedObject): boolean => a.kind === b.kind && a.name === b.name;
  const known = judged.map(({ object: _object, unasked: _unasked, ...shown }) => {
    const growth = growing.find((one) => isSame(one, shown));
    return growth?.why === undefined || shown.verdict === 'refused' ? shown : { ...shown, why: growth.why };
  });
  return [...known, ...growing.filter((one) => !judged.some((other) => isSame(one, other)))];
}

const ORDER: readonly PlannedObject['verdict'][] = [
  'refused',
  'restarts',
  'replaced',
  'removed',
  'created',
  'changed',
  'unchanged',
];

function inOrder(objects: readonly PlannedObject[]): PlannedObject[] {
  return objects.toSorted((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict));
}

/**
 * Brings namespace, credentials and release to the store's generation. Reads the cluster itself first, because
 * the watch may lag: an existing release is not installed again. Does not wait for pods.
 */
import { crashPoint } from '../../../kit/crash-points.ts';
import { missingChart } from '../../../domain/missing-chart.ts';
import { ADDRESS_LABEL, addressLabelOf, GENERATION_LABEL, STORE_ID_LABEL } from '../../../domain/labels.ts';
import type { ReleaseRecord } from '../../../domain/observation.ts';
import { objectsOfRecord } from '../../../chart/check-record.ts';
import { toReleaseValues } from '../../../chart/platform-values.ts';
import { isCurrent } from '../../../domain/readiness.ts';
import { RetryError, TerminalError } from '../../errors.ts';
import { type ActionContext, type ActionTarget, toSpec } from './action-context.ts';
import { helmValuesOf, type StoreRecord } from '../../../domain/store.ts';
import { deleteStuckPods } from './delete-stuck-pods.ts';
import { isPending, unlockRelease } from './unlock.ts';

/** Side effects besides the new revision, one clause each; `undefined` if there was nothing to do. */
export async function install(context: ActionContext, target: ActionTarget): Promise<string[] | undefined> {
  const { store, signal } = target;
  const { cluster } = context;
  const identity = toSpec(store);
  await takeNamespace(context, target);
  crashPoint('namespace-applied');

  const release = await cluster.release(identity, signal);
  if (release) await keepCredentials(context, target);
  else await cluster.ensureCredentials(identity, signal);
  crashPoint('secret-created');

  const isStuck = release !== undefined && isPending(release);
  if (!isStuck && isCurrent(store, release)) return undefined;
  const records = release ? await cluster.releaseRecords(identity, signal) : [];
  if (release) {
    const why = context.releases.manifests.refuseStored(records, store.namespace);
    if (why !== undefined) throw new TerminalError('ManifestRefused', why);
  }
  if (isStuck) await unlockRelease(release, context, target);
  await waitForOldVolumes(context, target);
  const labels = {
    [STORE_ID_LABEL]: store.id,
    [GENERATION_LABEL]: String(store.generation),
    [ADDRESS_LABEL]: addressLabelOf(store.url),
  };
  const chart = context.charts.of(store);
  if (!chart) throw new TerminalError('ChartMissing', missingChart(store));
  const values = toReleaseValues(chart.platform, {
    own: helmValuesOf(store),
    volumes: await cluster.readVolumes(store, signal),
  });
  const inputs = { name: store.name, chart: chart.path, namespace: store.namespace, values, signal };
  await context.releases.manifests.check(inputs);
  const isDeployed = release?.status === 'deployed';
  await cluster.deleteRevisionJobs(identity, isDeployed ? release.revision : undefined, signal);
  crashPoint('setups-deleted');
  await context.releases.operations.run(store.namespace, () =>
    context.releases.helm.upgradeInstall({ ...inputs, labels }),
  );
  await removeLeftovers(context, target, records);
  await deleteStuckPods(context, target);
  const grown = await cluster.growVolumes(store, signal);
  crashPoint('volumes-grown');
  return grown;
}

/**
 * helm prunes objects of the last deployed revision only; it leaks those that only failed revisions created. `before`: the
 * records as they were before the release was upgraded.
 */
export async function removeLeftovers(
  { cluster }: Pick<ActionContext, 'cluster'>,
  { store, signal }: Pick<ActionTarget, 'store' | 'signal'>,
  before: readonly ReleaseRecord[],
): Promise<void> {
  const failed = before.filter(({ status }) => status === 'failed');
  if (failed.length === 0) return;
  const [newest] = (await cluster.releaseRecords(toSpec(store), signal)).toSorted((a, b) => b.revision - a.revision);
  if (newest?.status !== 'deployed') return;
  const objects = failed.flatMap(({ data }) => objectsOfRecord(data));
  await cluster.deleteAllBut(store, { objects, current: objectsOfRecord(newest.data) }, signal);
}

/** Creates the namespace if it is missing; throws while it belongs to something else. */
export async function takeNamespace({ cluster }: ActionContext, { store, signal }: ActionTarget): Promise<void> {
  const state = await cluster.ensureNamespace(toSpec(store), signal);
  if (state === 'unlabelled') throw unlabelledNamespace(store);
  if (state === 'foreign') {
    throw new TerminalError(
      'NamespaceConflict',
      `The namespace ${store.namespace} exists and isn't this store's. Create the store under another name, or remove that namespace.`,
    );
  }
  if (state === 'terminating') throw goingNamespace();
}

/** An initialized database accepts only its original password: a new one would lock the store out of its data. */
async function keepCredentials({ cluster }: ActionContext, { store, signal }: ActionTarget): Promise<void> {
  if (await cluster.hasCredentials(store.namespace, signal)) return;
  // A terminating namespace deletes its objects in any order, so a missing secret is no loss there.
  if ((await cluster.namespaceState(toSpec(store), signal)) !== 'ours') throw goingNamespace();
  throw new TerminalError(
    'CredentialsLost',
    `The secret store-credentials is missing from ${store.namespace}, and with it the database's password. Restore it from a backup and retry, or delete the store.`,
  );
}

/** The store in it runs on unmanaged until somebody puts the label back. */
export function unlabelledNamespace({ id, namespace }: StoreRecord): RetryError {
  return new RetryError(
    'NamespaceConflict',
    `The namespace ${namespace} lost the label that makes it this store's, and the store in it runs on unmanaged. Put it back: kubectl label namespace ${namespace} ${STORE_ID_LABEL}=${id} --overwrite`,
  );
}

function goingNamespace(): RetryError {
  return new RetryError('NamespaceTerminating', 'Waiting for the old namespace to be gone.');
}

/** helm would adopt a claim that is being deleted, and the new pods would lose their data with the old ones. */
export async function waitForOldVolumes({ cluster }: ActionContext, { store, signal }: ActionTarget): Promise<void> {
  const claims = await cluster.terminatingClaims(store, signal);
  if (claims.length > 0)
    throw new RetryError(
      'VolumeTerminating',
      `Waiting for the pods that hold a deleted volume (${claims.join(', ')}): its data is lost with them. Back it up, then delete those pods to recreate the volume, or delete the store.`,
    );
}

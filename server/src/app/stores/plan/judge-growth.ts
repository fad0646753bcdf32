/** Whether the volumes can become as large as a change asks for. */
import type { PlannedObject, StoreParts } from '@shopyard/contracts';
import type { Engine } from '@shopyard/engines';
import type { DryRuns } from '../../../cluster/dry-runs.ts';
import { WANTED_ANNOTATION, whyNotLarger } from '../../../cluster/volumes.ts';
import type { ManifestObject } from '../../../kube/applied-object.ts';
import { bytesOf } from '../../../kube/quantity.ts';

export interface GrowthOptions {
  engine: Engine;
  /** Of the new manifest. */
  objects: readonly ManifestObject[];
  claims: StoreParts['claims'];
  dryRuns: Pick<DryRuns, 'growth'>;
  namespace: string;
  signal: AbortSignal;
}

/** A volume that can't grow refuses nothing: it stays as it is. */
export async function judgeGrowth(options: GrowthOptions): Promise<PlannedObject[]> {
  const { engine, objects, claims, dryRuns, namespace, signal } = options;
  const judged = engine.components.map(async ({ kind, name, claim }): Promise<PlannedObject[]> => {
    const maker = objects.find(({ kind: made, metadata }) =>
      kind === 'StatefulSet'
        ? made === kind && metadata.name === name
        : made === 'PersistentVolumeClaim' && metadata.name === claim,
    );
    const size = maker?.metadata.annotations?.[WANTED_ANNOTATION];
    const { capacity } = claims.find((known) => known.name === claim) ?? {};
    if (claim === undefined || size === undefined || capacity === undefined) return [];
    if (bytesOf(size) <= bytesOf(capacity)) return [];
    const refusal = await dryRuns.growth({ namespace }, { name: claim, size }, signal);
    // A quota that is too small now is raised before the volume grows, and asked again then.
    const grows = refusal?.quota !== undefined || refusal === undefined;
    const why = grows ? `grows from ${capacity} to ${size}` : `stays at ${capacity}: ${whyNotLarger(refusal.why)}`;
    return [{ kind: 'PersistentVolumeClaim', name: claim, verdict: grows ? 'changed' : 'unchanged', why, diff: '' }];
  });
  return (await Promise.all(judged)).flat();
}

/** The pods that an object of a manifest makes. Pure. */
import type { PodDraft } from '../../../cluster/dry-runs.ts';
import type { ManifestObject } from '../../../kube/applied-object.ts';

export interface PlannedContainer {
  restartPolicy?: string;
  resources?: Record<'requests' | 'limits', Record<string, string> | undefined>;
}

interface PodSpec {
  containers?: PlannedContainer[];
  initContainers?: PlannedContainer[];
  volumes?: object[];
}

export interface Pod extends PodDraft {
  spec: PodSpec;
}

interface Template {
  metadata?: object;
  spec?: PodSpec;
}
interface Workload {
  spec?: {
    replicas?: number;
    template?: Template;
    jobTemplate?: { spec?: { template?: Template } };
    volumeClaimTemplates?: { metadata?: { name?: string } }[];
  };
}

/** One of its pods, as its controller makes it; `undefined` for objects that make none. */
export function podOf(object: ManifestObject): Pod | undefined {
  const { spec } = parseWorkload(object);
  const { name } = object.metadata;
  const template = spec?.jobTemplate?.spec?.template ?? spec?.template;
  if (!template?.spec) return undefined;
  const claims = (spec?.volumeClaimTemplates ?? []).flatMap(({ metadata }) => metadata?.name ?? []);
  const mounted = claims.map((claim) => ({ name: claim, persistentVolumeClaim: { claimName: `${claim}-${name}-0` } }));
  const volumes = [...(template.spec.volumes ?? []), ...mounted];
  return { name, metadata: template.metadata, spec: { ...template.spec, volumes } };
}

/** How many of them run at once, besides scheduled ones. */
export function countOf(object: ManifestObject): number {
  return object.kind === 'CronJob' ? 0 : (parseWorkload(object).spec?.replicas ?? 1);
}

/** The API server has checked it, or will. */
function parseWorkload(object: ManifestObject): Workload {
  return object as Workload;
}

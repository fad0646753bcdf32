/** `kubectl get`'s columns for the kinds people look at; others show name and age. */
import type { KubeObject, Plural, ResourceMap } from '../objects.ts';
import type { ResourceType } from './resource-types.ts';

interface Column<T = never> {
  name: string;
  type?: 'integer';
  wide?: boolean;
  cell: (object: T) => string | number;
}

const COLUMNS: { [P in Plural]?: Column<ResourceMap[P]>[] } = {
  namespaces: [{ name: 'Status', cell: (o) => o.status?.phase ?? '' }],
  pods: [
    { name: 'Ready', cell: (o) => `${readyContainers(o)}/${o.spec?.containers.length ?? 0}` },
    { name: 'Status', cell: podStatus },
    { name: 'Restarts', type: 'integer', cell: restarts },
    { name: 'IP', wide: true, cell: (o) => o.status?.podIP ?? '<none>' },
    { name: 'Node', wide: true, cell: (o) => o.spec?.nodeName ?? '<none>' },
  ],
  deployments: [
    { name: 'Ready', cell: (o) => `${o.status?.readyReplicas ?? 0}/${o.spec?.replicas ?? 1}` },
    { name: 'Up-to-date', type: 'integer', cell: (o) => o.status?.updatedReplicas ?? 0 },
    { name: 'Available', type: 'integer', cell: (o) => o.status?.availableReplicas ?? 0 },
  ],
  replicasets: [
    { name: 'Desired', type: 'integer', cell: (o) => o.spec?.replicas ?? 1 },
    { name: 'Current', type: 'integer', cell: (o) => o.status?.replicas ?? 0 },
    { name: 'Ready', type: 'integer', cell: (o) => o.status?.readyReplicas ?? 0 },
  ],
  statefulsets: [
    {
      name: 'Ready',
      cell: (o) => `${o.status?.readyReplicas ?? 0}/${o.spec?.replicas ?? 1}`,
    },
  ],
  jobs: [
    { name: 'Status', cell: (o) => o.status?.conditions?.find((c) => c.status === 'True')?.type ?? 'Running' },
    { name: 'Completions', cell: (o) => `${o.status?.succeeded ?? 0}/${o.spec?.completions ?? 1}` },
  ],
  services: [
    { name: 'Type', cell: (o) => o.spec?.type ?? 'ClusterIP' },
    { name: 'Cluster-IP', cell: (o) => o.spec?.clusterIP ?? '<none>' },
    { name: 'External-IP', cell: () => '<none>' },
    { name: 'Port(s)', cell: (o) => (o.spec?.ports ?? []).map((p) => `${p.port}/${p.protocol ?? 'TCP'}`).join(',') },
  ],
  persistentvolumeclaims: [
    { name: 'Status', cell: (o) => o.status?.phase ?? 'Pending' },
    { name: 'Volume', cell: (o) => o.spec?.volumeName ?? '' },
    { name: 'Capacity', cell: (o) => o.status?.capacity?.['storage'] ?? '' },
    {
      name: 'Access Modes',
      cell: (o) => (o.status?.accessModes ?? []).map((mode) => (mode === 'ReadWriteOnce' ? 'RWO' : mode)).join(','),
    },
    { name: 'StorageClass', cell: (o) => o.spec?.storageClassName ?? '' },
  ],
  secrets: [
    { name: 'Type', cell: (o) => o.type ?? 'Opaque' },
    { name: 'Data', type: 'integer', cell: (o) => Object.keys(o.data ?? {}).length },
  ],
  configmaps: [{ name: 'Data', type: 'integer', cell: (o) => Object.keys(o.data ?? {}).length }],
  events: [
    { name: 'Last Seen', cell: (o) => age(o.lastTimestamp ?? o.metadata.creationTimestamp) },
    { name: 'Type', cell: (o) => o.type ?? '' },
    { name: 'Reason', cell: (o) => o.reason ?? '' },
    { name: 'Object', cell: (o) => `${o.involvedObject.kind?.toLowerCase() ?? ''}/${o.involvedObject.name ?? ''}` },
    { name: 'Message', cell: (o) => o.message ?? '' },
  ],
};

/** Kinds whose columns are complete: no leading name, no trailing age. */
const BARE: ReadonlySet<Plural> = new Set(['events']);

const FORMS = ['table of metadata', 'table of objects', 'table of nothing'] as const;

/** The object included with each row's cells. */
export type TableForm = (typeof FORMS)[number];

// `includes` wants a member of the list, which is the question.
export const isTable = (form: string): form is TableForm => (FORMS as readonly string[]).includes(form);

/** The query's `includeObject`: `Object`, `None`, or `Metadata` (the default). */
export function tableForm(includeObject: string | null): TableForm {
  if (includeObject === 'Object') return 'table of objects';
  return includeObject === 'None' ? 'table of nothing' : 'table of metadata';
}

interface Rows {
  items: readonly KubeObject[];
  resourceVersion: string;
}

/** A `meta.k8s.io/v1 Table` of the objects. */
export function tableOf(type: ResourceType, { items, resourceVersion }: Rows, form: TableForm): object {
  const own: Column[] = COLUMNS[type.plural] ?? [];
  const name: Column<KubeObject> = { name: 'Name', cell: (o: KubeObject) => o.metadata.name };
  const ageColumn: Column<KubeObject> = { name: 'Age', cell: (o: KubeObject) => age(o.metadata.creationTimestamp) };
  const all = BARE.has(type.plural)
    ? own
    : [name, ...own.filter((c) => !c.wide), ageColumn, ...own.filter((c) => c.wide)];
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata: { resourceVersion },
    columnDefinitions: all.map((column) => ({
      name: column.name,
      type: column.type ?? 'string',
      format: column.name === 'Name' ? 'name' : '',
      description: '',
      priority: column.wide ? 1 : 0,
    })),
    rows: items.map((object) => ({
      // The columns are those of the object's kind.
      cells: all.map((column) => column.cell(object as never)),
      ...besideCells(object, form),
    })),
  };
}

function besideCells(object: KubeObject, form: TableForm): { object?: object } {
  if (form === 'table of nothing') return {};
  if (form === 'table of objects') return { object };
  return { object: { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata } };
}

/** Formats durations as kubectl does: `12s`, `5m3s`, `2h`, `3d`. */
function age(since: string, now = Date.now()): string {
  const seconds = Math.max(0, Math.floor((now - Date.parse(since)) / 1000));
  if (seconds < 120) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 10) return seconds % 60 === 0 ? `${minutes}m` : `${minutes}m${seconds % 60}s`;
  if (minutes < 180) return `${minutes}m`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours}h` : `${Math.floor(hours / 24)}d`;
}

function readyContainers(pod: ResourceMap['pods']): number {
  return (pod.status?.containerStatuses ?? []).filter((container) => container.ready).length;
}

function restarts(pod: ResourceMap['pods']): number {
  return (pod.status?.containerStatuses ?? []).reduce((sum, container) => sum + container.restartCount, 0);
}

/** A pod's status in one word: a container's reason takes precedence over the pod's phase. */
function podStatus(pod: ResourceMap['pods']): string {
  if (pod.metadata.deletionTimestamp) return 'Terminating';
  const inits = pod.status?.initContainerStatuses ?? [];
  const busy = inits.findIndex((status) => status.state?.terminated?.exitCode !== 0);
  if (busy >= 0 && pod.status?.phase === 'Pending' && pod.spec?.nodeName) {
    const waiting = inits[busy]?.state?.waiting?.reason;
    return waiting && waiting !== 'PodInitializing' ? `Init:${waiting}` : `Init:${busy}/${inits.length}`;
  }
  for (const { state } of pod.status?.containerStatuses ?? []) {
    if (state?.waiting?.reason) return state.waiting.reason;
    if (state?.terminated?.reason) return state.terminated.reason;
  }
  return pod.status?.reason ?? pod.status?.phase ?? 'Pending';
}

/**
 * How Kubernetes merges the lists of the kinds served here: by key, as a set, or as one value.
 * From the `x-kubernetes-list-map-keys` of the published OpenAPI schemas.
 */

const byName = ['name'] as const;

const KEYED: Readonly<Record<string, readonly string[]>> = {
  conditions: ['type'],
  containers: byName,
  env: byName,
  ephemeralContainers: byName,
  hostAliases: ['ip'],
  imagePullSecrets: byName,
  initContainers: byName,
  ownerReferences: ['uid'],
  resourceClaims: byName,
  secrets: byName,
  topologySpreadConstraints: ['topologyKey', 'whenUnsatisfiable'],
  volumeDevices: ['devicePath'],
  volumeMounts: ['mountPath'],
  volumes: byName,
};

const SETS = new Set(['finalizers']);

/** Objects that are replaced atomically. */
const ATOMIC_OBJECTS = new Set([
  'selector',
  'nodeSelector',
  'configMapKeyRef',
  'secretKeyRef',
  'fieldRef',
  'resourceFieldRef',
]);

/**
 * The merge keys of the list `field`, or undefined when it is no keyed list. `ports` are keyed in
 * containers and Services, but not in NetworkPolicies.
 */
export function mergeKeys(field: string, items: readonly unknown[]): readonly string[] | undefined {
  if (field === 'ports') return portKeys(items);
  return KEYED[field];
}

export function isSet(field: string): boolean {
  return SETS.has(field);
}

export function isAtomicObject(field: string): boolean {
  return ATOMIC_OBJECTS.has(field);
}

function portKeys(items: readonly unknown[]): readonly string[] | undefined {
  const first = items[0];
  if (typeof first !== 'object' || first === null) return undefined;
  if ('containerPort' in first) return ['containerPort', 'protocol'];
  return 'targetPort' in first || 'nodePort' in first ? ['port', 'protocol'] : undefined;
}

/** The key of an item in `k:{…}` form, with the default protocol filled in. */
export function itemKey(item: unknown, keys: readonly string[]): string {
  // Items with keys are objects.
  const record = item as Record<string, unknown>;
  return JSON.stringify(
    Object.fromEntries(keys.map((key) => [key, record[key] ?? (key === 'protocol' ? 'TCP' : undefined)])),
  );
}

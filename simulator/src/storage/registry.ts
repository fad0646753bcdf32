/**
 * The API server's guarantees about objects, whoever changes them: identity, generation, finalizers,
 * optimistic concurrency. Handlers and controllers write through here; the store below only holds them.
 */
import { randomUUID } from 'node:crypto';
import { alreadyExists, ApiError, conflict, forbidden, invalid, notFound } from '../apiserver/api-error.ts';
import type { Clock } from '../clock.ts';
import type { IncomingObject, KubeObject, ObjectRef, Plural, ResourceMap, StoredMeta } from '../objects.ts';
import { groupVersion, resourceType, type ResourceType } from '../apiserver/resource-types.ts';
import type { ObjectStore } from './object-store.ts';
import { cloneJson, equalJson } from './json.ts';

/** Called before an object is stored; may fill in fields, or refuse by throwing an ApiError. */
export type Admission = (object: KubeObject, previous: KubeObject | undefined, registry: Registry) => KubeObject;

export interface UpdateOptions {
  /** The subresource; `spec` by default. */
  part?: 'spec' | 'status';
  /** The API's `dryRun`. */
  dryRun?: boolean;
}

export interface DeleteOptions {
  /** Grace period of a pod in seconds; 0 deletes it immediately. */
  gracePeriodSeconds?: number | undefined;
  propagationPolicy?: string | undefined;
  preconditions?: { uid?: string | undefined; resourceVersion?: string | undefined } | undefined;
}

const DNS_LABEL = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;
const DNS_SUBDOMAIN = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/;

export class Registry {
  readonly store: ObjectStore;
  readonly clock: Clock;
  readonly #admissions: readonly Admission[];

  constructor(store: ObjectStore, clock: Clock, admissions: readonly Admission[] = []) {
    this.store = store;
    this.clock = clock;
    this.#admissions = admissions;
  }

  /** The object, or an ApiError 404. */
  read<P extends Plural>(plural: P, namespace: string, name: string): ResourceMap[P] {
    const object = this.store.get(plural, namespace, name);
    if (!object) throw notFound(resourceType(plural), name);
    return object;
  }

  /** Stores a new object. 409 if the name is taken, 404/403 if its namespace is missing or terminating. */
  create({ plural, namespace }: Omit<ObjectRef, 'name'>, incoming: IncomingObject, dryRun = false): KubeObject {
    const type = resourceType(plural);
    const name = incoming.metadata?.name ?? generateName(incoming);
    this.#checkName(type, name);
    if (type.namespaced) this.#checkNamespace(type, namespace, name);
    if (this.store.get(plural, namespace, name)) throw alreadyExists(type, name);
    const metadata: StoredMeta = {
      ...incoming.metadata,
      name,
      ...(type.namespaced ? { namespace } : {}),
      uid: randomUUID(),
      creationTimestamp: this.clock.timestamp(),
      resourceVersion: '0',
    };
    if (hasGeneration(type)) metadata.generation = 1;
    delete metadata.deletionTimestamp;
    const draft: KubeObject = {
      ...incoming,
      apiVersion: groupVersion(type.group, type.version),
      kind: type.kind,
      metadata,
    };
    const admitted = this.#admit(draft, undefined);
    return dryRun ? admitted : this.store.put({ plural, namespace, name }, admitted);
  }

  /**
   * Replaces spec and metadata, or only the status if `part` says so. An equal object is left unchanged.
   * 409 if `metadata.resourceVersion` is given and differs from the stored one.
   */
  update(ref: ObjectRef, incoming: IncomingObject, { part = 'spec', dryRun = false }: UpdateOptions = {}): KubeObject {
    const type = resourceType(ref.plural);
    const current: KubeObject = this.read(ref.plural, ref.namespace, ref.name);
    const wanted = incoming.metadata?.resourceVersion;
    if (wanted && wanted !== current.metadata.resourceVersion) throw conflict(type, ref.name);
    const uid = incoming.metadata?.uid;
    if (uid && uid !== current.metadata.uid) throw conflict(type, ref.name);

    let next = part === 'status' ? { ...current, status: incoming['status'] } : withNewSpec(current, incoming);
    if (part === 'spec') {
      next = this.#admit(next, current);
      if (hasGeneration(type) && !equalJson(next['spec'], current['spec'])) {
        next.metadata = { ...next.metadata, generation: (current.metadata.generation ?? 1) + 1 };
      }
    }
    if (equalJson(next, current)) return current;
    if (dryRun) return next;
    return this.#putOrRemove(ref, next);
  }

  /** Deletes, or marks for deletion while finalizers or a grace period hold it. Returns its last state. */
  delete(ref: ObjectRef, options: DeleteOptions = {}): { object: KubeObject; removed: boolean } {
    const type = resourceType(ref.plural);
    const current: KubeObject = this.read(ref.plural, ref.namespace, ref.name);
    const { uid, resourceVersion } = options.preconditions ?? {};
    if (uid && uid !== current.metadata.uid) throw conflict(type, ref.name);
    if (resourceVersion && resourceVersion !== current.metadata.resourceVersion) throw conflict(type, ref.name);

    const finalizers = [...(current.metadata.finalizers ?? [])];
    if (options.propagationPolicy === 'Foreground') addOnce(finalizers, 'foregroundDeletion');
    if (options.propagationPolicy === 'Orphan') addOnce(finalizers, 'orphan');
    const grace = ref.plural === 'pods' ? podGrace(current, options) : 0;
    const held = finalizers.length > 0 || grace > 0 || ref.plural === 'namespaces';
    if (!held) return { object: this.store.remove(ref) ?? current, removed: true };
    if (current.metadata.deletionTimestamp && grace >= (current.metadata.deletionGracePeriodSeconds ?? 0)) {
      return { object: current, removed: false };
    }
    const marked: KubeObject = {
      ...current,
      metadata: {
        ...current.metadata,
        deletionTimestamp: current.metadata.deletionTimestamp ?? this.clock.timestamp(),
        deletionGracePeriodSeconds: grace,
        ...(finalizers.length > 0 ? { finalizers } : {}),
      },
      ...(ref.plural === 'namespaces' ? { status: { phase: 'Terminating' } } : {}),
    };
    return { object: this.store.put(ref, marked), removed: false };
  }

  /** Reads, changes and writes; does nothing if the object is gone. For controllers. */
  patch<P extends Plural>(ref: ObjectRef & { plural: P }, change: (draft: ResourceMap[P]) => void): void {
    const current = this.store.get(ref.plural, ref.namespace, ref.name);
    if (!current) return;
    const draft = cloneJson(current);
    change(draft);
    if (equalJson(draft, current)) return;
    this.#putOrRemove(ref, draft);
  }

  /** An object marked for deletion goes with its last finalizer, in a single DELETED event. */
  #putOrRemove(ref: ObjectRef, object: KubeObject): KubeObject {
    const { deletionTimestamp, finalizers = [], deletionGracePeriodSeconds = 0 } = object.metadata;
    const held =
      !deletionTimestamp ||
      finalizers.length > 0 ||
      ref.plural === 'namespaces' ||
      (ref.plural === 'pods' && deletionGracePeriodSeconds > 0);
    return held ? this.store.put(ref, object) : (this.store.remove(ref, object) ?? object);
  }

  #admit(object: KubeObject, previous: KubeObject | undefined): KubeObject {
    return this.#admissions.reduce((draft, admission) => admission(draft, previous, this), object);
  }

  #checkName(type: ResourceType, name: string): void {
    const label = type.kind === 'Namespace' || type.kind === 'Service';
    if (name === '') throw invalid(type.kind, name, { field: 'metadata.name', message: 'Required value' });
    if (name.length > (label ? 63 : 253) || !(label ? DNS_LABEL : DNS_SUBDOMAIN).test(name)) {
      throw invalid(type.kind, name, {
        field: 'metadata.name',
        message: `Invalid value: "${name}": a lowercase RFC 1123 ${label ? 'label' : 'subdomain'} is required`,
      });
    }
  }

  #checkNamespace(type: ResourceType, namespace: string, name: string): void {
    const space = this.store.get('namespaces', '', namespace);
    if (!space) throw notFound(resourceType('namespaces'), namespace);
    if (!space.metadata.deletionTimestamp) return;
    const refusal = forbidden(
      type,
      name,
      `unable to create new content in namespace ${namespace} because it is being terminated`,
    );
    throw new ApiError({
      code: refusal.code,
      reason: refusal.reason,
      message: refusal.message,
      details: {
        ...refusal.details,
        causes: [
          {
            reason: 'NamespaceTerminating',
            message: `namespace ${namespace} is being terminated`,
            field: 'metadata.namespace',
          },
        ],
      },
    });
  }
}

/** Generation counts changes to `spec`; kinds without such a spec have none. */
function hasGeneration(type: ResourceType): boolean {
  return type.group === 'apps' || type.group === 'batch' || type.group === 'networking.k8s.io';
}

function withNewSpec(current: KubeObject, incoming: IncomingObject): KubeObject {
  const next: KubeObject = {
    ...incoming,
    apiVersion: current.apiVersion,
    kind: current.kind,
    metadata: { ...incoming.metadata, ...identityOf(current.metadata) },
  };
  if ('status' in current) next['status'] = current['status'];
  else delete next['status'];
  return next;
}

/** Fields that clients can't change. */
function identityOf(meta: StoredMeta): StoredMeta {
  const { name, namespace, uid, creationTimestamp, resourceVersion } = meta;
  const { generation, deletionTimestamp, deletionGracePeriodSeconds } = meta;
  return {
    name,
    uid,
    creationTimestamp,
    resourceVersion,
    ...(namespace === undefined ? {} : { namespace }),
    ...(generation === undefined ? {} : { generation }),
    ...(deletionTimestamp === undefined ? {} : { deletionTimestamp }),
    ...(deletionGracePeriodSeconds === undefined ? {} : { deletionGracePeriodSeconds }),
  };
}

function generateName(incoming: IncomingObject): string {
  const prefix = incoming.metadata?.generateName;
  return prefix ? prefix + randomUUID().replaceAll('-', '').slice(0, 5) : '';
}

function podGrace(pod: KubeObject, options: DeleteOptions): number {
  // Pods are validated before they are stored.
  const spec = pod['spec'] as { nodeName?: string; terminationGracePeriodSeconds?: number } | undefined;
  // Pods are validated before they are stored.
  const phase = (pod['status'] as { phase?: string } | undefined)?.phase;
  if (!spec?.nodeName || phase === 'Succeeded' || phase === 'Failed') return 0;
  return options.gracePeriodSeconds ?? spec.terminationGracePeriodSeconds ?? 30;
}

function addOnce(list: string[], value: string): void {
  if (!list.includes(value)) list.push(value);
}

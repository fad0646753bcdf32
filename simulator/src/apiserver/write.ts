/** POST, PUT, PATCH and DELETE on resources. */
import { trackUpdate, serverSideApply, type Manager } from './apply/server-side-apply.ts';
import { ApiError, badRequest, invalid, notFound } from './api-error.ts';
import type { IncomingObject, KubeObject, ObjectRef } from '../objects.ts';
import { jsonPatch, mergePatch, strategicMergePatch } from './patch/patch.ts';
import type { DeleteOptions, Registry } from '../storage/registry.ts';
import { matcherOf } from './read.ts';
import type { ResourceRequest } from './request.ts';
import { scaleOf, withScale } from './scale.ts';

export interface WriteRequest {
  registry: Registry;
  request: ResourceRequest;
  query: URLSearchParams;
  body: Record<string, unknown> | undefined;
  contentType: string;
  userAgent: string;
}

export interface WriteResult {
  status: number;
  object: KubeObject | object;
}

export function createObject({ registry, request, body, ...rest }: WriteRequest): WriteResult {
  const { type } = request;
  if (!body) throw badRequest('the request has no body');
  // Validated below, before it is stored.
  const incoming = body as IncomingObject;
  if (incoming.kind && incoming.kind !== type.kind) {
    throw badRequest(`the object provided is a ${incoming.kind}, the path names ${type.plural}`);
  }
  refuseCreation(request);
  const namespace = namespaceOf(request, incoming);
  // Identity and version are set when it is stored.
  const managed = trackUpdate(undefined, incoming as KubeObject, managerOf(registry, rest));
  const object = registry.create({ plural: type.plural, namespace }, managed, isDryRun(rest.query));
  return { status: 201, object };
}

export function replaceObject(write: WriteRequest): WriteResult {
  const { registry, request, body, query } = write;
  if (!body) throw badRequest('the request has no body');
  const ref = refOf(request);
  const { subresource } = request;
  if (subresource === 'finalize') return finalize(registry, ref, body);
  if (subresource === 'scale') {
    const current = registry.read(ref.plural, ref.namespace, ref.name);
    return { status: 200, object: scaleOf(update(write, ref, withScale(current, body))) };
  }
  if (request.type.versionRequired) requireVersion(ref.name, request, body);
  const part = subresource === 'status' ? 'status' : 'spec';
  if (part === 'status') return { status: 200, object: registry.update(ref, body, { part, dryRun: isDryRun(query) }) };
  return { status: 200, object: update(write, ref, body) };
}

export function patchObject(write: WriteRequest): WriteResult {
  const { registry, request, body, contentType, query } = write;
  const ref = refOf(request);
  if (contentType.includes('apply-patch')) return applyObject(write, ref);
  const current: KubeObject = registry.read(ref.plural, ref.namespace, ref.name);
  const target = request.subresource === 'scale' ? scaleOf(current) : current;
  // A patch changes fields; the result is validated as any other body.
  const patched = patchOf(contentType)(target as KubeObject, body) as IncomingObject;
  // A patch without a resourceVersion applies to the current one.
  const resourceVersion = patched.metadata?.resourceVersion ?? current.metadata.resourceVersion;
  const next = { ...patched, metadata: { ...patched.metadata, resourceVersion } };
  if (request.subresource === 'status') {
    return { status: 200, object: registry.update(ref, next, { part: 'status', dryRun: isDryRun(query) }) };
  }
  if (request.subresource === 'scale') {
    return { status: 200, object: scaleOf(update(write, ref, withScale(current, patched))) };
  }
  return { status: 200, object: update(write, ref, next) };
}

/** Kubernetes answers their deletion with the object, that of others with a Status. */
const RETURNED_WHEN_DELETED: ReadonlySet<string> = new Set(['resourcequotas', 'serviceaccounts', 'services']);

export function deleteObject({ registry, request, query, body }: WriteRequest): WriteResult {
  const { object, removed } = registry.delete(refOf(request), deleteOptions(query, body));
  if (!removed || RETURNED_WHEN_DELETED.has(request.type.plural)) return { status: 200, object };
  return {
    status: 200,
    object: {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Success',
      details: { name: object.metadata.name, kind: request.type.plural, uid: object.metadata.uid },
    },
  };
}

export function deleteCollection({ registry, request, query, body }: WriteRequest): WriteResult {
  const { plural } = request.type;
  const matches = matcherOf(query);
  const items = registry.store.list(plural, request.namespace).filter(matches);
  for (const { metadata } of items) {
    registry.delete({ plural, namespace: metadata.namespace ?? '', name: metadata.name }, deleteOptions(query, body));
  }
  return { status: 200, object: { kind: `${request.type.kind}List`, apiVersion: 'v1', metadata: {}, items } };
}

function applyObject({ registry, request, body, query, ...rest }: WriteRequest, ref: ObjectRef): WriteResult {
  if (!body) throw badRequest('the request has no body');
  const name = query.get('fieldManager');
  if (!name)
    throw new ApiError({
      code: 422,
      reason: 'Invalid',
      message: 'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
    });
  const manager = { ...managerOf(registry, { ...rest, query }), name, force: query.get('force') === 'true' };
  const live: KubeObject | undefined = registry.store.get(ref.plural, ref.namespace, ref.name);
  const merged = serverSideApply(live, body, manager);
  if (live) {
    // Any body: every level may be missing.
    const { resourceVersion } = (body as IncomingObject).metadata ?? {};
    const next = { ...merged, metadata: { ...merged.metadata, ...(resourceVersion ? { resourceVersion } : {}) } };
    return { status: 200, object: registry.update(ref, next, { dryRun: isDryRun(query) }) };
  }
  refuseCreation(request);
  const named = { ...merged, metadata: { ...merged.metadata, name: ref.name } };
  return {
    status: 201,
    object: registry.create({ plural: request.type.plural, namespace: ref.namespace }, named, isDryRun(query)),
  };
}

function update({ registry, ...rest }: WriteRequest, ref: ObjectRef, next: IncomingObject): KubeObject {
  const current: KubeObject = registry.read(ref.plural, ref.namespace, ref.name);
  // Identity and version are set when it is stored.
  const tracked = trackUpdate(current, next as KubeObject, managerOf(registry, rest));
  return registry.update(ref, tracked, { dryRun: isDryRun(rest.query) });
}

function refuseCreation({ type }: ResourceRequest): void {
  if (type.refusal) throw new ApiError({ code: 405, reason: 'MethodNotAllowed', message: type.refusal });
}

function requireVersion(name: string, { type }: ResourceRequest, body: IncomingObject): void {
  if (body.metadata?.resourceVersion) return;
  const message = 'Invalid value: 0: must be specified for an update';
  throw invalid(`${type.plural}.${type.group}`, name, { field: 'metadata.resourceVersion', message });
}

/** `PUT …/finalize` sets a namespace's spec.finalizers; an empty list lets it be deleted. */
function finalize(registry: Registry, ref: ObjectRef, body: IncomingObject): WriteResult {
  const current: KubeObject = registry.read(ref.plural, ref.namespace, ref.name);
  return { status: 200, object: registry.update(ref, { ...current, spec: body['spec'] }) };
}

function patchOf(contentType: string): (target: KubeObject, patch: unknown) => unknown {
  if (contentType.includes('strategic-merge-patch')) {
    // This content type has an object as its body.
    return (target, patch) => strategicMergePatch(target, patch as Record<string, unknown>);
  }
  if (contentType.includes('json-patch')) return jsonPatch;
  if (contentType.includes('merge-patch')) return mergePatch;
  throw new ApiError({
    code: 415,
    reason: 'UnsupportedMediaType',
    message: `the body of the request was in an unknown format - ${contentType}`,
  });
}

function refOf({ type, namespace, name }: ResourceRequest): ObjectRef {
  if (name === undefined) throw notFound(type, '');
  return { plural: type.plural, namespace: namespace ?? '', name };
}

function namespaceOf({ type, namespace }: ResourceRequest, incoming: IncomingObject): string {
  if (!type.namespaced) return '';
  const inBody = incoming.metadata?.namespace;
  if (!namespace) throw badRequest('an empty namespace may not be set during creation');
  if (inBody && inBody !== namespace) {
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
  }
  return namespace;
}

function managerOf(registry: Registry, from: { query: URLSearchParams; userAgent: string }): Manager {
  const name = from.query.get('fieldManager') ?? from.userAgent.split('/')[0] ?? 'unknown';
  return { name, force: false, time: registry.clock.timestamp() };
}

const isDryRun = (query: URLSearchParams): boolean => query.has('dryRun');

function deleteOptions(query: URLSearchParams, body: Record<string, unknown> | undefined): DeleteOptions {
  // Any body: every field may be missing.
  const options = (body ?? {}) as DeleteOptions & { orphanDependents?: boolean };
  const grace = query.get('gracePeriodSeconds');
  return {
    gracePeriodSeconds: grace === null ? options.gracePeriodSeconds : Number(grace),
    propagationPolicy: query.get('propagationPolicy') ?? options.propagationPolicy,
    preconditions: options.preconditions,
  };
}

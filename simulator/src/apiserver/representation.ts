/** Serializes objects for a client: in full, metadata only, or as table rows. */
import { ApiError } from './api-error.ts';
import type { KubeObject } from '../objects.ts';
import { groupVersion, type ResourceType } from './resource-types.ts';
import type { JsonOf } from '../storage/json-cache.ts';
import { isTable, tableForm, type TableForm, tableOf } from './table.ts';

/** The form that a client gets, and the source of a stored object's JSON text. */
export interface Representation {
  type: ResourceType;
  form: Form;
  jsonOf: JsonOf;
}

export type Form = 'object' | 'metadata' | 'metadata-list' | TableForm;

/**
 * The format that the Accept header requests; clients list `as=Table` first if they can read it. A table row carries
 * the object's metadata, or what `includeObject` requests: kubectl sorts by fields of the whole object.
 */
export function requestedForm(accept: string | undefined, query: URLSearchParams): Form {
  const first = accept?.split(',')[0] ?? '';
  if (first.includes('as=Table')) return tableForm(query.get('includeObject'));
  if (first.includes('as=PartialObjectMetadataList')) return 'metadata-list';
  return first.includes('as=PartialObjectMetadata') ? 'metadata' : 'object';
}

/** One object as JSON text. */
export function writeObject({ type, form, jsonOf }: Representation, object: KubeObject): string {
  if (form === 'metadata-list') throw notAcceptable('PartialObjectMetadataList', `is not a list (*${type.kind})`);
  if (isTable(form)) {
    const { resourceVersion } = object.metadata;
    return JSON.stringify(tableOf(type, { items: [object], resourceVersion }, form));
  }
  return form === 'metadata' ? JSON.stringify(metadataOf(object)) : jsonOf(object);
}

export interface ListPage {
  items: readonly KubeObject[];
  resourceVersion: string;
  continueToken?: string | undefined;
  remaining?: number | undefined;
}

/** A list as JSON text. */
export function writeList({ type, form, jsonOf }: Representation, page: ListPage): string {
  if (form === 'metadata') throw notAcceptable('PartialObjectMetadata', `is a list (*${type.kind}List)`);
  if (isTable(form)) return JSON.stringify(tableOf(type, page, form));
  const meta = {
    resourceVersion: page.resourceVersion,
    ...(page.continueToken ? { continue: page.continueToken, remainingItemCount: page.remaining } : {}),
  };
  const [kind, apiVersion] =
    form === 'metadata-list'
      ? ['PartialObjectMetadataList', 'meta.k8s.io/v1']
      : [`${type.kind}List`, groupVersion(type.group, type.version)];
  if (form === 'metadata-list' && page.items.length === 0)
    return `{"kind":"${kind}","apiVersion":"${apiVersion}","metadata":${JSON.stringify(meta)},"items":null}`;
  const items = page.items.map((item) => (form === 'metadata-list' ? JSON.stringify(metadataOf(item)) : jsonOf(item)));
  return `{"kind":"${kind}","apiVersion":"${apiVersion}","metadata":${JSON.stringify(meta)},"items":[${items.join(',')}]}`;
}

function metadataOf(object: KubeObject): object {
  return { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata };
}

function notAcceptable(form: string, why: string): ApiError {
  return new ApiError({
    code: 406,
    reason: 'NotAcceptable',
    message: `you requested ${form}, but the requested object ${why}`,
  });
}

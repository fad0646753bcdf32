/**
 * Checks that a rendered manifest holds only the allowed kinds, in the store's own namespace. helm reads YAML 1.1 and
 * splits documents textually, while this parser reads YAML 1.2, so anything the two could read differently is refused.
 */
import { type Document, isScalar, parseAllDocuments, visit } from 'yaml';
import { CONTROL, toPrintable } from '../kit/printable.ts';
import type { ManifestObject } from '../kube/applied-object.ts';
import { isMap } from './platform-values.ts';

/** apiVersion and kind of everything the chart may create. */
const ALLOWED: ReadonlySet<string> = new Set([
  'v1 ConfigMap',
  'v1 LimitRange',
  'v1 PersistentVolumeClaim',
  'v1 ResourceQuota',
  'v1 Service',
  'apps/v1 Deployment',
  'apps/v1 StatefulSet',
  'batch/v1 CronJob',
  'batch/v1 Job',
  'networking.k8s.io/v1 Ingress',
  'networking.k8s.io/v1 NetworkPolicy',
]);

/** Parsers disagree on whether these keys are case-sensitive. */
const SPELLINGS = new Map(['apiVersion', 'kind', 'metadata', 'items'].map((key) => [key.toLowerCase(), key]));

/**
 * Says why `manifest` (YAML text, as helm prints it) must not be applied to `namespace`, as a clause; undefined if it
 * may be. Pure.
 */
export function refuseManifest(manifest: string, namespace: string): string | undefined {
  const checked = checkManifest(manifest, namespace);
  return typeof checked === 'string' ? checked : undefined;
}

/** The objects of a manifest that may be applied to `namespace`, or why it may not, as a clause. Pure. */
export function checkManifest(manifest: string, namespace: string): ManifestObject[] | string {
  const text = manifest.replaceAll('\r\n', '\n');
  if (CONTROL.test(text.replaceAll(/[\n\t]/g, ''))) return 'it holds control characters';
  if (/^%/m.test(text)) return 'it holds a directive';
  if (/^(\.\.\.|---(?![ \t]*$))/m.test(text)) return 'it holds an unusual document mark';
  const documents = readDocuments(text);
  if (typeof documents === 'string') return documents;
  const objects = documents.filter((object) => object !== null);
  if (objects.length === 0) return 'it is empty';
  return firstOf(objects, (object) => refuseObject(object, namespace)) ?? objects.flatMap(parseObject);
}

/** Of what refuseObject accepts. */
function parseObject(object: unknown): ManifestObject[] {
  const { kind, items = [] } = object as { kind: string; items?: ManifestObject[] };
  return kind === 'List' ? items.flatMap(parseObject) : [object as ManifestObject];
}

/** Content of each document, or the reason they can't be read. */
function readDocuments(text: string): unknown[] | string {
  try {
    const documents = parseAllDocuments(text, { version: '1.2', schema: 'core', logLevel: 'silent' });
    if (!Array.isArray(documents)) return [];
    return firstOf(documents, refuseDocument) ?? documents.map((document): unknown => document.toJS());
  } catch {
    // Nested too deep for the parser's stack.
    return "it can't be read as YAML";
  }
}

function refuseDocument(document: Document.Parsed): string | undefined {
  const [problem] = [...document.errors, ...document.warnings];
  if (problem) return `it can't be read as YAML: ${toPrintable(problem.message.split('\n')[0] ?? '')}`;
  let why: string | undefined;
  visit(document, {
    Alias: () => refuse('an alias of an anchor'),
    Node: (_key, node) =>
      node.tag ? refuse('a tag') : 'anchor' in node && node.anchor ? refuse('an anchor') : undefined,
    Pair: (_key, { key }) =>
      isScalar(key) ? (key.value === '<<' ? refuse('a merge key') : undefined) : refuse('a key that is not text'),
  });
  return why;

  function refuse(what: string): symbol {
    why = `it holds ${what}`;
    return visit.BREAK;
  }
}

function refuseObject(object: unknown, namespace: string): string | undefined {
  if (!isMap(object)) return 'it holds a document that is not a map';
  const misspelt = Object.keys(object).find((key) => (SPELLINGS.get(key.toLowerCase()) ?? key) !== key);
  if (misspelt !== undefined) return `an object has the key "${toPrintable(misspelt)}"`;
  const { apiVersion, kind, metadata, items } = object;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return 'an object has no kind or no apiVersion';
  if (apiVersion === 'v1' && kind === 'List') {
    if (!Array.isArray(items)) return 'a List has no items';
    return firstOf<unknown>(items, (item) => refuseObject(item, namespace));
  }
  const what = `a ${toPrintable(kind)} (${toPrintable(apiVersion)})`;
  // Kubernetes' client takes any object with this key for a list.
  if ('items' in object) return `${what} has items`;
  if (!ALLOWED.has(`${apiVersion} ${kind}`)) return `it holds ${what}`;
  if (!isMap(metadata) || typeof metadata['name'] !== 'string' || !metadata['name']) return `${what} has no name`;
  if ('namespace' in metadata && metadata['namespace'] !== namespace)
    return `${what} is for the namespace "${toPrintable(String(metadata['namespace']))}"`;
  return undefined;
}

function firstOf<Item>(items: readonly Item[], refuse: (item: Item) => string | undefined): string | undefined {
  for (const item of items) {
    const why = refuse(item);
    if (why !== undefined) return why;
  }
  return undefined;
}

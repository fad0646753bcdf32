/**
 * Writes `simulator/src/apiserver/protobuf/messages.txt` to standard output, from the Go sources of the modules
 * k8s.io/api and k8s.io/apimachinery of one version: `protobuf-messages.ts DIR_OF_API DIR_OF_APIMACHINERY`. Their
 * struct tags contain the published descriptors, and also show which fields distinguish zero from absent.
 */
import { readFileSync } from 'node:fs';

const [api = '', machinery = ''] = process.argv.slice(2);
const GROUPS = ['core', 'apps', 'batch', 'networking', 'storage', 'discovery', 'coordination'];
const REVIEWS = ['authorization', 'authentication'];
const FILES = [
  ...[...GROUPS, ...REVIEWS].map((group) => `${api}/${group}/v1/types.go`),
  `${api}/autoscaling/v2/types.go`,
  `${machinery}/pkg/apis/meta/v1/types.go`,
];
const KINDS = `
  Namespace Node PersistentVolume Pod Service Secret ConfigMap ServiceAccount Event PersistentVolumeClaim
  ResourceQuota LimitRange Deployment ReplicaSet StatefulSet Job CronJob Ingress NetworkPolicy StorageClass
  EndpointSlice Lease HorizontalPodAutoscaler DeleteOptions
  SelfSubjectAccessReview SelfSubjectRulesReview SelfSubjectReview`
  .trim()
  .split(/\s+/);
const WELL_KNOWN = new Set(['Quantity', 'Time', 'MicroTime', 'Duration', 'IntOrString']);
/** Fields that no client sets. */
const LEFT_OUT = new Set(['status', 'managedFields', 'selfLink']);
/** The envelope of every body. */
const ENVELOPE = ['Unknown typeMeta=1:UnknownType raw=2:bytes', 'UnknownType apiVersion=1 kind=2'];

interface GoField {
  type: string;
  json: string;
  number: string;
}

const structs = new Map<string, GoField[]>();
const aliases = new Map<string, string>();
FILES.forEach(readTypes);
const messages = new Map<string, string>();
KINDS.forEach(addMessage);
process.stdout.write([...ENVELOPE, ...[...messages].map((entry) => entry.join(' ')).toSorted()].join('\n') + '\n');

function readTypes(file: string): void {
  let fields: GoField[] = [];
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const struct = /^type (\w+) struct \{/.exec(line)?.[1];
    // Where two groups define the same name, served kinds use the later one.
    if (struct) structs.set(struct, (fields = []));
    const alias = /^type (\w+) (string|int32|\[\]string|map\[\S+)/.exec(line);
    if (alias) aliases.set(alias[1] ?? '', alias[2] ?? '');
    const field = /^\s+(?:\w+\s+)?(\S+)\s+`json:"([^",]*)[^"]*".*? protobuf:"\w+,(\d+)/.exec(line);
    if (field) fields.push({ type: field[1] ?? '', json: field[2] ?? '', number: field[3] ?? '' });
  }
}

/** Adds a message and those of its fields. */
function addMessage(name: string): void {
  const fields = structs.get(name)?.filter(({ json }) => name.includes('Condition') || !LEFT_OUT.has(json));
  if (messages.has(name) || WELL_KNOWN.has(name)) return;
  if (!fields) throw new Error(`no Go struct ${name}`);
  messages.set(name, '');
  const written = fields.map(({ type: goType, json, number }) => {
    const { mark, type, message } = fieldType(goType);
    if (message) addMessage(message);
    return `${json || '&'}=${number}${mark || (type && ':')}${type}`;
  });
  messages.set(name, written.join(' '));
}

function fieldType(goType: string): { mark: string; type: string; message?: string } {
  const optional = goType.startsWith('*');
  const named = plain(goType.replace(/^\*/, ''));
  const element = /^\[\](?!byte)(.*)$/.exec(named)?.[1];
  const mark = optional ? '?' : element === undefined ? '' : '[]';
  const type = plain(element ?? named);
  if (type === 'string' || type === 'UID') return { mark, type: '' };
  if (type === 'bool' || type === '[]byte') return { mark, type: type.replace('[]byte', 'bytes') };
  if (/^u?int(8|16|32|64)?$/.test(type)) return { mark, type: 'int' };
  const item = /^map\[\w+\](.*)$/.exec(type)?.[1];
  if (item === undefined) return { mark, type, message: type };
  const of = plain(item);
  return { mark, type: of === 'string' ? 'map' : `map:${of.replace('[]byte', 'bytes')}` };
}

/** The type without its package, with aliases resolved. */
function plain(goType: string): string {
  const name = goType.replace(/^(\[\])?\*?(?:\w+\.)?(?=\w)/, '$1');
  return aliases.get(name) ?? name;
}

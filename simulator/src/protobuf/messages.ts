/**
 * The messages that helm and kubectl send as protobuf: above all helm's release Secrets.
 * Field numbers are those of k8s.io/api and k8s.io/apimachinery `generated.proto`.
 */
import { badRequest } from '../api-error.ts';
import { decodeMessage, type MessageSpec } from './wire.ts';

/** Every Kubernetes protobuf body begins with this, before a `runtime.Unknown`. */
const MAGIC = Buffer.from([0x6b, 0x38, 0x73, 0x00]);

const OWNER_REFERENCE: MessageSpec = {
  1: { name: 'kind', kind: 'string' },
  3: { name: 'name', kind: 'string' },
  4: { name: 'uid', kind: 'string' },
  5: { name: 'apiVersion', kind: 'string' },
  6: { name: 'controller', kind: 'bool' },
  7: { name: 'blockOwnerDeletion', kind: 'bool' },
};

const OBJECT_META: MessageSpec = {
  1: { name: 'name', kind: 'string' },
  2: { name: 'generateName', kind: 'string' },
  3: { name: 'namespace', kind: 'string' },
  5: { name: 'uid', kind: 'string' },
  6: { name: 'resourceVersion', kind: 'string' },
  11: { name: 'labels', kind: 'stringMap' },
  12: { name: 'annotations', kind: 'stringMap' },
  13: { name: 'ownerReferences', kind: 'message', repeated: true, message: OWNER_REFERENCE },
  14: { name: 'finalizers', kind: 'string', repeated: true },
};

const SECRET: MessageSpec = {
  1: { name: 'metadata', kind: 'message', message: OBJECT_META },
  2: { name: 'data', kind: 'bytesMap' },
  3: { name: 'type', kind: 'string' },
  4: { name: 'stringData', kind: 'stringMap' },
  5: { name: 'immutable', kind: 'bool' },
};

const DELETE_OPTIONS: MessageSpec = {
  1: { name: 'gracePeriodSeconds', kind: 'number' },
  2: {
    name: 'preconditions',
    kind: 'message',
    message: { 1: { name: 'uid', kind: 'string' }, 2: { name: 'resourceVersion', kind: 'string' } },
  },
  3: { name: 'orphanDependents', kind: 'bool' },
  4: { name: 'propagationPolicy', kind: 'string' },
  5: { name: 'dryRun', kind: 'string', repeated: true },
};

const UNKNOWN: MessageSpec = {
  1: {
    name: 'typeMeta',
    kind: 'message',
    message: { 1: { name: 'apiVersion', kind: 'string' }, 2: { name: 'kind', kind: 'string' } },
  },
  2: { name: 'raw', kind: 'base64' },
};

const CONFIG_MAP: MessageSpec = {
  1: { name: 'metadata', kind: 'message', message: OBJECT_META },
  2: { name: 'data', kind: 'stringMap' },
  3: { name: 'binaryData', kind: 'bytesMap' },
  4: { name: 'immutable', kind: 'bool' },
};

/** `kubectl create namespace` sends nothing but a name. */
const NAMESPACE: MessageSpec = { 1: { name: 'metadata', kind: 'message', message: OBJECT_META } };

const MESSAGES: Readonly<Record<string, MessageSpec>> = {
  ConfigMap: CONFIG_MAP,
  DeleteOptions: DELETE_OPTIONS,
  Namespace: NAMESPACE,
  Secret: SECRET,
};

/** The JSON shape of a Kubernetes protobuf body; ApiError 400 for kinds that nobody sends this way. */
export function decodeKubernetesProtobuf(body: Buffer): Record<string, unknown> {
  if (!body.subarray(0, 4).equals(MAGIC)) throw badRequest('not a Kubernetes protobuf body');
  const { typeMeta, raw } = decodeMessage(body.subarray(4), UNKNOWN) as {
    typeMeta: { apiVersion: string; kind: string };
    raw: string;
  };
  const message = MESSAGES[typeMeta.kind];
  if (!message) throw badRequest(`the simulator reads no protobuf ${typeMeta.kind}; send JSON`);
  return { ...typeMeta, ...decodeMessage(Buffer.from(raw ?? '', 'base64'), message) };
}

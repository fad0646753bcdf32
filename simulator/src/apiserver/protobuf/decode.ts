/** Converts protobuf bodies of helm and kubectl to JSON. */
import { ApiError, badRequest } from '../api-error.ts';
import { type Field, type Message, MESSAGES } from './messages.ts';
import { WELL_KNOWN } from './well-known.ts';
import { readFields } from './wire.ts';

/** The magic prefix of every Kubernetes protobuf body; a `runtime.Unknown` follows. */
const MAGIC = Buffer.from([0x6b, 0x38, 0x73, 0x00]);

/** Decodes a body to JSON. Throws ApiError 400 if it is malformed, 415 for kinds that are not in the table. */
export function decodeKubernetesProtobuf(body: Buffer): Record<string, unknown> {
  if (!body.subarray(0, 4).equals(MAGIC)) throw badRequest('not a Kubernetes protobuf body');
  // The message `Unknown` of Kubernetes has these fields.
  const { typeMeta, raw } = decodeNamed(body.subarray(4), 'Unknown') as {
    typeMeta: { apiVersion: string; kind: string };
    raw?: string;
  };
  const message = MESSAGES.get(typeMeta.kind);
  if (!message) {
    throw new ApiError({
      code: 415,
      reason: 'UnsupportedMediaType',
      message: `the embedded cluster reads no protobuf ${typeMeta.kind}; send it as JSON, for example with kubectl apply -f`,
    });
  }
  return { ...typeMeta, ...decode(Buffer.from(raw ?? '', 'base64'), message) };
}

function decodeNamed(buffer: Buffer, name: string): Record<string, unknown> {
  return decode(buffer, MESSAGES.get(name) ?? new Map<number, Field>());
}

/** Ignores unknown fields. */
function decode(buffer: Buffer, message: Message): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const { number, value } of readFields(buffer)) {
    const field = message.get(number);
    if (!field) continue;
    const { name, type, repeated, keepsZero } = field;
    if (name === '&') {
      Object.assign(result, decodeValue(value, type));
      continue;
    }
    if (type.startsWith('map')) {
      // A map's entries are messages.
      const [key, item] = decodeEntry(value as Buffer, type.slice('map:'.length) || 'string');
      // Only maps are set under this name.
      result[name] = { ...(result[name] as object | undefined), [key]: item };
      continue;
    }
    const decoded = decodeValue(value, type);
    // Only lists are set under this name.
    if (repeated) result[name] = [...((result[name] as unknown[] | undefined) ?? []), decoded];
    else if (keepsZero ? decoded !== undefined : Boolean(decoded)) result[name] = decoded;
  }
  return result;
}

function decodeValue(value: bigint | Buffer, type: string): unknown {
  if (typeof value === 'bigint') return type === 'bool' ? value !== 0n : Number(BigInt.asIntN(64, value));
  if (type === 'string') return value.toString();
  if (type === 'bytes') return value.toString('base64');
  const wellKnown = WELL_KNOWN[type];
  return wellKnown ? wellKnown(value) : decodeNamed(value, type);
}

function decodeEntry(entry: Buffer, type: string): [string, unknown] {
  let key = '';
  let item: unknown = '';
  for (const { number, value } of readFields(entry)) {
    if (number === 1) key = value.toString();
    else if (number === 2) item = decodeValue(value, type);
  }
  return [key, item];
}

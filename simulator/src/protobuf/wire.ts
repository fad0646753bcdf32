/** The protobuf wire format, as far as reading Kubernetes messages needs it. */

export interface WireField {
  number: number;
  /** A varint's value, or the bytes of a length-delimited field. */
  value: bigint | Buffer;
}

/** The fields of a message in order. Throws RangeError on a truncated or malformed message. */
function* readFields(message: Buffer): Generator<WireField> {
  let at = 0;
  const varint = (): bigint => {
    let result = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = message[at++];
      if (byte === undefined || shift > 63n) throw new RangeError('malformed protobuf varint');
      result |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return result;
    }
  };
  const bytes = (length: number): Buffer => {
    if (at + length > message.length) throw new RangeError('truncated protobuf field');
    at += length;
    return message.subarray(at - length, at);
  };
  while (at < message.length) {
    const tag = Number(varint());
    const number = tag >>> 3;
    switch (tag & 7) {
      case 0:
        yield { number, value: varint() };
        break;
      case 1:
        yield { number, value: bytes(8) };
        break;
      case 2:
        yield { number, value: bytes(Number(varint())) };
        break;
      case 5:
        yield { number, value: bytes(4) };
        break;
      default:
        throw new RangeError(`unsupported protobuf wire type ${tag & 7}`);
    }
  }
}

/** A reader for one field of a message type: where it goes, and how its wire value is decoded. */
export interface FieldSpec {
  name: string;
  kind: 'string' | 'number' | 'bool' | 'base64' | 'message' | 'stringMap' | 'bytesMap';
  repeated?: boolean;
  message?: MessageSpec;
}

export type MessageSpec = Readonly<Record<number, FieldSpec>>;

/** Decodes a message into the JSON shape that the API documents. Unknown fields are passed over. */
export function decodeMessage(buffer: Buffer, spec: MessageSpec): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const { number, value } of readFields(buffer)) {
    const field = spec[number];
    if (!field) continue;
    if (field.kind === 'stringMap' || field.kind === 'bytesMap') {
      const [key, item] = decodeEntry(value as Buffer, field.kind);
      result[field.name] = { ...(result[field.name] as object), [key]: item };
    } else if (field.repeated) {
      result[field.name] = [...((result[field.name] as unknown[]) ?? []), decodeValue(value, field)];
    } else {
      result[field.name] = decodeValue(value, field);
    }
  }
  return result;
}

function decodeValue(value: bigint | Buffer, field: FieldSpec): unknown {
  if (typeof value === 'bigint') return field.kind === 'bool' ? value !== 0n : Number(BigInt.asIntN(64, value));
  if (field.kind === 'message') return decodeMessage(value, field.message ?? {});
  return field.kind === 'base64' ? value.toString('base64') : value.toString('utf8');
}

function decodeEntry(entry: Buffer, kind: 'stringMap' | 'bytesMap'): [string, string] {
  let key = '';
  let item = '';
  for (const { number, value } of readFields(entry)) {
    if (number === 1) key = value.toString();
    else if (number === 2) item = (value as Buffer).toString(kind === 'bytesMap' ? 'base64' : 'utf8');
  }
  return [key, item];
}

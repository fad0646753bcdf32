/**
 * Encodes WebSocket messages as JSON. An update for many subscribers is serialized once; only the envelope differs per
 * subscriber, and even that is mostly the same. Encoded updates are bytes, to be sent as text frames.
 */
import type { StoresUpdate } from '@shopyard/contracts';
import { type Encoder, jsonEncoder } from '@trpc/server/adapters/ws';

/** A subscription's event as tRPC's handler sends it. */
interface UpdateMessage {
  id: number | string;
  jsonrpc?: string;
  result: { type: 'data'; id: string; data: { id: string; data: StoresUpdate } };
}

interface EncodedUpdate {
  json: Buffer;
  /** Keyed by the JSON-RPC envelope. Snapshots are too big to cache per envelope. */
  messages: Map<string, Uint8Array<ArrayBuffer>>;
}

const CLOSE = Buffer.from('}}}');

export function createUpdateEncoder(): Encoder {
  const encodedUpdates = new WeakMap<StoresUpdate, EncodedUpdate>();
  return {
    encode(message) {
      if (!isStoresUpdate(message)) return jsonEncoder.encode(message);
      const { id, jsonrpc = '2.0', result } = message;
      const update = result.data.data;
      let known = encodedUpdates.get(update);
      if (!known) {
        known = { json: Buffer.from(JSON.stringify(update)), messages: new Map() };
        encodedUpdates.set(update, known);
      }
      const eventId = JSON.stringify(result.id);
      const head = `{"id":${JSON.stringify(id)},"jsonrpc":${JSON.stringify(jsonrpc)},"result":{"type":"data","id":${eventId},"data":{"id":${eventId},"data":`;
      let bytes = known.messages.get(head);
      if (!bytes) {
        bytes = Buffer.concat([Buffer.from(head), known.json, CLOSE]);
        if (update.type === 'changes') known.messages.set(head, bytes);
      }
      return bytes;
    },
    decode: (data) => jsonEncoder.decode(data),
  };
}

function isStoresUpdate(message: unknown): message is UpdateMessage {
  // Claims nothing: every level may be missing.
  const { result } = message as { result?: { id?: unknown; data?: { data?: { type?: unknown } } } };
  const type = result?.data?.data?.type;
  return typeof result?.id === 'string' && (type === 'changes' || type === 'snapshot');
}

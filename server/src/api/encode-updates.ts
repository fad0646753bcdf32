/**
 * Encodes WebSocket messages as JSON. An update for many subscribers is serialized once, and deflated once if it is long;
 * only the envelope differs per subscriber, and even that is mostly the same. Encoded updates are bytes, to be sent as text
 * frames.
 */
import type { StoresUpdate } from '@shopyard/contracts';
import { type Encoder, jsonEncoder } from '@trpc/server/adapters/ws';
import { deflateBlocks, frameDeflated } from './deflate-text.ts';

/** A subscription's event as tRPC's handler sends it. */
interface UpdateMessage {
  id: number | string;
  jsonrpc?: string;
  result: { type: 'data'; id: string; data: { id: string; data: StoresUpdate } };
}

export interface UpdateEncoder extends Encoder {
  /** The frame of the same message for clients that accept permessage-deflate; undefined if it isn't worth it. */
  deflated: (message: string | Uint8Array) => Buffer | undefined;
}

interface EncodedUpdate {
  json: Buffer;
  /** Of `json`, once a client accepts them. */
  blocks?: Buffer;
  /** Keyed by the JSON-RPC envelope. Snapshots are too big to cache per envelope. */
  messages: Map<string, Uint8Array<ArrayBuffer>>;
}

const CLOSE = Buffer.from('}}}');
/** Bytes from which an update is deflated: a snapshot, or what a client missed. Others are sent as they are. */
const DEFLATED_FROM = 16 * 1024;

export function createUpdateEncoder(): UpdateEncoder {
  const encodedUpdates = new WeakMap<StoresUpdate, EncodedUpdate>();
  const longMessages = new WeakMap<Uint8Array, { head: Buffer; update: EncodedUpdate }>();
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
      const envelope = `{"id":${JSON.stringify(id)},"jsonrpc":${JSON.stringify(jsonrpc)},"result":{"type":"data","id":${eventId},"data":{"id":${eventId},"data":`;
      let bytes = known.messages.get(envelope);
      if (!bytes) {
        const head = Buffer.from(envelope);
        bytes = Buffer.concat([head, known.json, CLOSE]);
        if (update.type === 'changes') known.messages.set(envelope, bytes);
        if (known.json.length >= DEFLATED_FROM) longMessages.set(bytes, { head, update: known });
      }
      return bytes;
    },
    deflated(message) {
      const long = typeof message === 'string' ? undefined : longMessages.get(message);
      if (!long) return undefined;
      const { head, update } = long;
      return frameDeflated(head, (update.blocks ??= deflateBlocks(update.json)), CLOSE);
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

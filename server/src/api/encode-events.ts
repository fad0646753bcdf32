/**
 * Encodes WebSocket messages as JSON. An event for many subscribers is serialized once; only the envelope differs per
 * subscriber, and even that is mostly the same. Encoded events are bytes, to be sent as text frames.
 */
import type { StoresUpdate } from '@shopyard/contracts';
import { type Encoder, jsonEncoder } from '@trpc/server/adapters/ws';

/** A subscription's event as tRPC's handler sends it. */
interface EventMessage {
  id: number | string;
  jsonrpc?: string;
  result: { type: 'data'; id: string; data: { id: string; data: StoresUpdate } };
}

interface EncodedEvent {
  json: Buffer;
  /** Keyed by the JSON-RPC envelope. Snapshots are too big to cache per envelope. */
  messages: Map<string, Uint8Array<ArrayBuffer>>;
}

const encodedEvents = new WeakMap<StoresUpdate, EncodedEvent>();

export const eventEncoder: Encoder = {
  encode(message) {
    if (!isStoresEvent(message)) return jsonEncoder.encode(message);
    const { id, jsonrpc = '2.0', result } = message;
    const event = result.data.data;
    let known = encodedEvents.get(event);
    if (!known) encodedEvents.set(event, (known = { json: Buffer.from(JSON.stringify(event)), messages: new Map() }));
    const eventId = JSON.stringify(result.id);
    const head = `{"id":${JSON.stringify(id)},"jsonrpc":${JSON.stringify(jsonrpc)},"result":{"type":"data","id":${eventId},"data":{"id":${eventId},"data":`;
    let bytes = known.messages.get(head);
    if (!bytes) {
      bytes = Buffer.concat([Buffer.from(head), known.json, CLOSE]);
      if (event.type === 'changes') known.messages.set(head, bytes);
    }
    return bytes;
  },
  decode: (data) => jsonEncoder.decode(data),
};

const CLOSE = Buffer.from('}}}');

function isStoresEvent(message: unknown): message is EventMessage {
  const { result } = message as { result?: { id?: unknown; data?: { data?: { type?: unknown } } } };
  const type = result?.data?.data?.type;
  return typeof result?.id === 'string' && (type === 'changes' || type === 'snapshot');
}

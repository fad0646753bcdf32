/**
 * Messages over WebSocket as JSON. What changed goes to every subscriber alike, and is written once for all of them;
 * only what is around it is each one's own.
 */
import type { StoreChange, StoresEvent } from '@shopyard/contracts';
import { type Encoder, jsonEncoder } from '@trpc/server/adapters/ws';

/** As tRPC's handler sends an event of a subscription. */
interface EventMessage {
  id: number | string;
  jsonrpc?: string;
  result: { type: 'data'; id: string; data: { id: string; data: StoresEvent & { type: 'changes' } } };
}

const written = new WeakMap<StoreChange, string>();

function jsonOf(change: StoreChange): string {
  let json = written.get(change);
  if (json === undefined) written.set(change, (json = JSON.stringify(change)));
  return json;
}

function isChanges(message: unknown): message is EventMessage {
  const { result } = message as { result?: { id?: unknown; data?: { data?: { type?: unknown } } } };
  return typeof result?.id === 'string' && result.data?.data?.type === 'changes';
}

export const eventEncoder: Encoder = {
  encode(message) {
    if (!isChanges(message)) return jsonEncoder.encode(message);
    const { id, jsonrpc = '2.0', result } = message;
    const eventId = JSON.stringify(result.id);
    const changes = result.data.data.changes.map(jsonOf).join(',');
    return `{"id":${JSON.stringify(id)},"jsonrpc":${JSON.stringify(jsonrpc)},"result":{"type":"data","data":{"id":${eventId},"data":{"type":"changes","changes":[${changes}]}},"id":${eventId}}}`;
  },
  decode: (data) => jsonEncoder.decode(data),
};

/** Whether the cluster's nodes have room for a new store. */
import type { ReadCapacity } from '../../platform/capacity.ts';
import type { StorePlansOptions } from './store-plans.ts';

/** No room refuses nothing: a node may be added at any time. */
export function createRoomNotes(capacity: ReadCapacity): StorePlansOptions['roomFor'] {
  return async (engine, size) => {
    const { room = [] } = await capacity();
    const found = room.find((one) => one.engine === engine && one.size === size);
    if (!found || found.stores > 0) return [];
    return [`The nodes have no room for another ${found.size} store: its pods would wait for a larger cluster.`];
  };
}

import type { Store } from '@shopyard/contracts';
import { useRef } from 'react';
import { toast } from 'sonner';
import type { StoreActs } from './use-store-acts.ts';

/** How long a deletion can be undone. */
const UNDO_MS = 6000;

/** Deletes a store once nobody has undone it for a moment; at once if the page is closed before. */
export function useLateRemoval(remove: StoreActs['remove']): (store: Store) => void {
  const waiting = useRef(new Set<string>());
  return (store) => {
    const { id, name } = store;
    if (waiting.current.has(id)) return;
    waiting.current.add(id);
    const settle = (): boolean => {
      removeEventListener('pagehide', onHide);
      return waiting.current.delete(id);
    };
    const act = (): void => {
      if (settle()) void remove([store]);
    };
    const onHide = (): void => {
      if (settle()) void fetch(`/stores/${encodeURIComponent(id)}`, { method: 'DELETE', keepalive: true });
    };
    addEventListener('pagehide', onHide);
    toast(`Deleting ${name}`, {
      duration: UNDO_MS,
      action: {
        label: 'Undo',
        onClick: () => {
          settle();
          toast(`${name} is kept`);
        },
      },
      onAutoClose: act,
      onDismiss: act,
    });
  };
}

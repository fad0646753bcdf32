import type { Store } from '@shopyard/contracts';
import { useRef } from 'react';
import { toast } from 'sonner';
import { describeError } from '../../lib/describe-error.ts';
import { trpc } from '../../live/trpc.ts';

/** How long a deletion can be undone. */
const UNDO_MS = 6000;

interface Removal {
  remove: (store: Pick<Store, 'id' | 'name'>) => void;
  /** Asks the server only once nobody has undone it; at once if the page is closed before. */
  removeSoon: (store: Pick<Store, 'id' | 'name'>) => void;
}

/** Deletes stores, and says so. */
export function useRemoval(): Removal {
  const { mutateAsync } = trpc.stores.remove.useMutation();
  const waiting = useRef(new Set<string>());
  // Awaited rather than given callbacks, which are lost once the dialog that asked is gone.
  const remove: Removal['remove'] = ({ id, name }) =>
    void mutateAsync({ id }).then(
      () => toast(`Deleting ${name}`),
      (error: unknown) => toast.error(`${name} was not deleted: ${describeError(error)}`),
    );
  const removeSoon: Removal['removeSoon'] = ({ id, name }) => {
    if (waiting.current.has(id)) return;
    waiting.current.add(id);
    const settle = (): boolean => {
      removeEventListener('pagehide', onHide);
      return waiting.current.delete(id);
    };
    const act = (): void => {
      if (settle()) remove({ id, name });
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
  return { remove, removeSoon };
}

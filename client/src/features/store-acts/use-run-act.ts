import type { Store } from '@shopyard/contracts';
import { toast } from 'sonner';
import { navigate } from '../../lib/route.ts';
import { copyText } from '../../ui/copy-button.tsx';
import type { ActId, StoreAct } from './acts-of.ts';
import { useAdminSignIn } from './use-admin-sign-in.ts';
import { useStoreActs } from './use-store-acts.ts';

interface RunActOptions {
  /** Where refusals are shown; by a toast alone if not given. */
  onRetry?: (stores: Store[]) => void;
  /** Asks before anything is deleted. */
  onDelete: (stores: Store[]) => void;
}

/** Does what `actsOf` offers. A toast says what came of it. */
export function useRunAct({ onRetry, onDelete }: RunActOptions): (store: Store, act: StoreAct) => void {
  const { retry, restart, suspend, resume } = useStoreActs();
  const signIn = useAdminSignIn();
  const calls: Partial<Record<ActId, (store: Store) => void>> = {
    open: ({ url }) => window.open(url, '_blank', 'noreferrer'),
    admin: ({ id }) => void signIn(id).then((trouble) => trouble !== undefined && toast.error(trouble)),
    retry: (store) => (onRetry ? onRetry([store]) : void retry([store])),
    restart: (store) => void restart(store),
    suspend: (store) => void suspend([store]),
    resume: (store) => void resume([store]),
    remove: (store) => onDelete([store]),
  };
  return (store, { id, href, copied, disabled }) => {
    if (disabled !== undefined) return;
    if (href !== undefined) navigate(href);
    else if (copied !== undefined) void copyText(copied).then((done) => done && toast(`Copied: ${copied}`));
    else calls[id]?.(store);
  };
}

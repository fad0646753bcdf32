/** Suspends and resumes stores, one or several; a toast says so, and offers the way back. */
import type { Store } from '@shopyard/contracts';
import { toast } from 'sonner';
import { describeError } from '../lib/describe-error.ts';
import { trpc } from './trpc.ts';
import { useFollow } from './use-stores.tsx';

type Act = (stores: readonly Store[]) => void;

export interface Suspension {
  pending: boolean;
  suspend: Act;
  resume: Act;
}

export function useSuspension(): Suspension {
  const suspending = trpc.stores.suspend.useMutation();
  const resuming = trpc.stores.resume.useMutation();
  const { follow } = useFollow();

  const each = async (act: (id: string) => Promise<unknown>, stores: Parameters<Act>[0]) => {
    const results = await Promise.allSettled(stores.map(({ id }) => act(id)));
    const refused = results.flatMap((result, index) =>
      result.status === 'rejected' ? [`${stores[index]?.name}: ${describeError(result.reason)}`] : [],
    );
    if (refused.length > 0) toast.error(refused.join(' '));
    return stores.filter((_store, index) => results[index]?.status === 'fulfilled');
  };
  const resume: Act = (stores) =>
    void each((id) => resuming.mutateAsync({ id }), stores).then((done) => {
      if (done.length > 0) toast(`Resuming ${countOf(done)}`);
      for (const store of done) follow(store);
    });
  const suspend: Act = (stores) =>
    void each((id) => suspending.mutateAsync({ id }), stores).then((done) => {
      if (done.length > 0)
        toast(`Suspending ${countOf(done)}`, { action: { label: 'Undo', onClick: () => resume(done) } });
    });
  return { pending: suspending.isPending || resuming.isPending, suspend, resume };
}

/** `alpha` for one store, `3 stores` for several. */
function countOf(stores: readonly Store[]): string {
  const [only] = stores;
  return stores.length === 1 && only ? only.name : `${stores.length} stores`;
}

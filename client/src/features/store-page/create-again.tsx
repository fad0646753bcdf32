import { type ReactNode, useState } from 'react';
import { toast } from 'sonner';
import { describeError } from '../../lib/describe-error.ts';
import { trpc } from '../../live/trpc.ts';
import { useOffline } from '../../live/use-offline.ts';
import { useStores } from '../../live/use-stores.tsx';
import { CreateStoreDialog } from '../create-store/create-store-dialog.tsx';
import type { Draft } from '../create-store/draft.ts';
import { draftLike } from '../create-store/draft-like.ts';

interface CreateAgainProps {
  id: string;
  label: string;
  kind: 'primary' | undefined;
}

/** Opens the dialog with the settings of a store whose name is taken. Only the name is left to type. */
export function CreateAgain({ id, label, kind }: CreateAgainProps): ReactNode {
  const { offline, explanation } = useOffline();
  const { stores, platform } = useStores();
  const { stores: queries } = trpc.useUtils();
  const [pending, setPending] = useState(false);
  const [draft, setDraft] = useState<Draft>();
  const open = async (): Promise<void> => {
    const store = stores.get(id);
    if (!store) return;
    setPending(true);
    try {
      const { own } = await queries.values.fetch({ id });
      setDraft(await draftLike(store, own));
    } catch (error) {
      toast.error(describeError(error));
    }
    setPending(false);
  };
  return (
    <>
      <button
        type="button"
        data-size="small"
        data-kind={kind}
        disabled={pending || offline}
        onClick={() => void open()}
        {...explanation}
      >
        {label}
      </button>
      {draft && (
        <CreateStoreDialog stores={stores} platform={platform} start={draft} onClose={() => setDraft(undefined)} />
      )}
    </>
  );
}

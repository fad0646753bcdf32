import { may, type Platform, type Store } from '@shopyard/contracts';
import { type ReactNode, useState } from 'react';
import { toast } from 'sonner';
import { navigate, storeHref, storesHref } from '../../lib/route.ts';
import { useLeaveWarning } from '../../lib/use-leave-warning.ts';
import { useCaller } from '../../live/caller.tsx';
import { trpc } from '../../live/trpc.ts';
import { Modal } from '../../ui/modal.tsx';
import { DiscardQuestion } from './discard-question.tsx';
import { type Draft, EMPTY_DRAFT, isTyped } from './draft.ts';
import { OneStore } from './one-store.tsx';
import { SeveralStores } from './several-stores.tsx';
import { useCreateForm } from './use-create-form.ts';

interface CreateStoreDialogProps {
  stores: ReadonlyMap<string, Store>;
  platform: Platform | undefined;
  /** What the form begins with. */
  start?: Draft;
  onClose: () => void;
}

/** Creates one store or several. Keeps the input until it is accepted, or discarded on purpose. */
export function CreateStoreDialog({
  stores,
  platform,
  start = EMPTY_DRAFT,
  onClose,
}: CreateStoreDialogProps): ReactNode {
  const caller = useCaller();
  const { data } = trpc.access.teams.useQuery({});
  const teams = data?.teams.filter(({ id }) => may(caller, 'stores:write', id)) ?? [];
  const world = { stores, platform, teams };
  const form = useCreateForm(world, start);
  const { draft, change } = form;
  const [createMore, setCreateMore] = useState(false);
  const [asking, setAsking] = useState(false);
  const typed = draft !== start && isTyped(draft);
  useLeaveWarning(typed);
  const leave = (): void => {
    if (asking) setAsking(false);
    else if (typed) setAsking(true);
    else onClose();
  };
  const onCreated = (created: readonly Store[]): void => {
    const [first] = created;
    if (createMore) return change({ title: '', name: undefined, lines: '' });
    onClose();
    if (created.length === 1 && first) return navigate(storeHref(first.id));
    toast.success(`${created.length} stores are being created.`);
    navigate(storesHref());
  };
  const step = { form, world, more: { checked: createMore, onChange: setCreateMore }, onCreated, onCancel: leave };
  return (
    <Modal title={draft.several ? 'New stores' : 'New store'} onClose={leave} wide={draft.several}>
      {draft.several ? <SeveralStores {...step} /> : <OneStore {...step} />}
      {asking && (
        <DiscardQuestion
          onKeep={() => setAsking(false)}
          onDiscard={() => {
            change(EMPTY_DRAFT);
            onClose();
          }}
        />
      )}
    </Modal>
  );
}

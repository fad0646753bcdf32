import type { Preview, Store, StoreValues } from '@shopyard/contracts';
import { useState } from 'react';
import { toast } from 'sonner';
import { describeError } from '../../lib/describe-error.ts';
import { readIssues } from '../../lib/read-issues.ts';
import { navigate, storeHref } from '../../lib/route.ts';
import { trpc } from '../../live/trpc.ts';
import { changesOf, type Draft, type DraftAction, labelsOf, valuesOf } from './draft.ts';

export interface ReviewState {
  /** Set while the changes are shown; without a preview if only labels change. */
  shown: { preview: Preview | undefined } | undefined;
  pending: boolean;
  error: string | undefined;
  review: () => Promise<void>;
  apply: () => Promise<void>;
  back: () => void;
}

interface ReviewOptions {
  store: Store;
  draft: Draft;
  dispatch: (action: DraftAction) => void;
  /** Somebody else changed the store: its values have to be read again. */
  onMismatch: () => void;
}

/** Asks the server what the draft would change, and applies it. */
export function useReview({ store, draft, dispatch, onMismatch }: ReviewOptions): ReviewState {
  const { client } = trpc.useUtils();
  const [shown, setShown] = useState<ReviewState['shown']>();
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<string>();

  const call = async (act: () => Promise<void>): Promise<void> => {
    setPending(true);
    setError(undefined);
    try {
      await act();
    } catch (reason) {
      const issues = readIssues(reason).map(({ path, keys, message }) => ({ field: path, path: keys, message }));
      dispatch({ type: 'refused', issues });
      if (issues.length === 0) setError(describeError(reason));
      const isOutdated = isMismatch(reason);
      if (isOutdated) onMismatch();
      // What was shown is not what would happen now.
      if (isOutdated || issues.length > 0) setShown(undefined);
    } finally {
      setPending(false);
    }
  };

  return {
    shown,
    pending,
    error,
    back: () => {
      setShown(undefined);
      setError(undefined);
    },
    review: () =>
      call(async () => {
        const { values } = changesOf(draft);
        const input = { id: store.id, values: toJson(valuesOf(draft)) };
        const preview = values.length > 0 ? await client.stores.preview.query(input) : undefined;
        dispatch({ type: 'noticed' });
        dispatch({ type: 'refused', issues: [] });
        setShown({ preview });
      }),
    apply: () =>
      call(async () => {
        const { values, labels } = changesOf(draft);
        const own = valuesOf(draft);
        const updated = await client.stores.update.mutate({
          id: store.id,
          ...(values.length > 0 ? { values: toJson(own), generation: shown?.preview?.generation } : {}),
          ...(labels.length > 0 ? { labels: { ...labelsOf(draft) } } : {}),
        });
        dispatch({ type: 'reset', base: { generation: updated.generation, own }, labels: updated.labels ?? {} });
        setShown(undefined);
        const progress = { label: 'Show progress', onClick: () => navigate(storeHref(store.id)) };
        toast.success(`Changes of ${store.name} applied`, values.length > 0 ? { action: progress } : {});
      }),
  };
}

/** The parser makes nothing but JSON; the server checks it all the same. */
const toJson = (values: object): StoreValues => ({ ...values });

function isMismatch(reason: unknown): boolean {
  // Claims nothing: other failures have no such data.
  const { data } = (reason ?? {}) as { data?: { shopyard?: { code?: string } } | null };
  return data?.shopyard?.code === 'generation_mismatch';
}

import { acceptedWait, type Store, type StorePlan, type StoreValues } from '@shopyard/contracts';
import { useState } from 'react';
import { toast } from 'sonner';
import { describeError } from '../../lib/describe-error.ts';
import { errorCodeOf } from '../../lib/error-code.ts';
import { readIssues } from '../../lib/read-issues.ts';
import { navigate, storeHref } from '../../lib/route.ts';
import { whyToConfirm } from '../../lib/why-to-confirm.ts';
import { trpc } from '../../live/trpc.ts';
import { useFollow } from '../../live/use-stores.tsx';
import { changesOf, type Draft, type DraftAction, labelsOver, valuesOf } from './draft.ts';
import { refusedFields } from './refused-fields.ts';

export interface ReviewState {
  /** Set while the changes are shown; without a plan if only labels change. */
  shown: Shown | undefined;
  pending: boolean;
  error: string | undefined;
  /** Why the change is made, in their words; it goes into the history. */
  reason: string;
  setReason: (reason: string) => void;
  /** Why the store's name has to be typed before anything is applied. */
  toConfirm: string | undefined;
  /** `chart`: the version of another chart, to move to with whatever else changes. */
  review: (chart?: string) => Promise<void>;
  /** `confirm`: the store's name, as typed. */
  apply: (confirm?: string) => Promise<void>;
  /** Back from the confirmation. */
  dismiss: () => void;
  back: () => void;
}

interface Shown {
  plan: StorePlan | undefined;
  isRenewed: boolean;
  chart: string | undefined;
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
  const { follow } = useFollow();
  const [shown, setShown] = useState<ReviewState['shown']>();
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<string>();
  const [reason, setReason] = useState('');
  const [toConfirm, setToConfirm] = useState<string>();

  const call = async (act: () => Promise<void>): Promise<void> => {
    setPending(true);
    setError(undefined);
    try {
      await act();
    } catch (refusal) {
      if (errorCodeOf(refusal) === 'confirmation_needed') return setToConfirm(whyToConfirm(refusal));
      const issues = readIssues(refusal).map(({ path, keys, message }) => ({ field: path, path: keys, message }));
      dispatch({ type: 'refused', issues });
      if (issues.length === 0) setError(describeError(refusal));
      const isOutdated = errorCodeOf(refusal) === 'generation_mismatch';
      if (isOutdated) onMismatch();
      // What was shown is not what would happen now.
      if (isOutdated || issues.length > 0) setShown(undefined);
    } finally {
      setPending(false);
    }
  };

  const newLabels = (): { labels?: Record<string, string> } =>
    changesOf(draft).labels.length > 0 ? { labels: labelsOver(store.labels ?? {}, draft) } : {};
  const planDraft = async (chart: string | undefined): Promise<StorePlan | undefined> => {
    if (changesOf(draft).values.length === 0 && chart === undefined) return undefined;
    const { generation } = draft.base;
    return client.stores.plan.query({
      id: store.id,
      generation,
      values: toJson(valuesOf(draft)),
      chart,
      ...newLabels(),
    });
  };
  /** A plan that has expired is made again, to be looked at again. */
  const applyDraft = async (confirm?: string): Promise<Store | undefined> => {
    const why = reason.trim() ? { reason: reason.trim() } : {};
    if (!shown?.plan) return client.stores.update.mutate({ id: store.id, ...newLabels(), ...why });
    try {
      return await client.stores.applyPlan.mutate({ planId: shown.plan.planId, confirm, ...why });
    } catch (refusal) {
      if (errorCodeOf(refusal) !== 'plan_expired') throw refusal;
      setShown({ plan: await planDraft(shown.chart), isRenewed: true, chart: shown.chart });
      return undefined;
    }
  };

  return {
    shown,
    pending,
    error,
    reason,
    setReason,
    back: () => {
      // What the cluster refused is shown at its fields.
      if (shown?.plan) dispatch({ type: 'refused', issues: refusedFields(shown.plan) });
      setShown(undefined);
      setError(undefined);
    },
    review: (chart) =>
      call(async () => {
        const plan = await planDraft(chart);
        dispatch({ type: 'noticed' });
        dispatch({ type: 'refused', issues: [] });
        setShown({ plan, isRenewed: false, chart });
      }),
    toConfirm,
    dismiss: () => setToConfirm(undefined),
    apply: (confirm) =>
      call(async () => {
        setToConfirm(undefined);
        const isNew = changesOf(draft).values.length > 0 || shown?.chart !== undefined;
        const own = valuesOf(draft);
        const updated = await applyDraft(confirm);
        if (!updated) return;
        const wait = isNew ? acceptedWait(updated) : undefined;
        // Labels alone change nothing of the shop.
        if (isNew && wait === undefined) follow(store);
        // What waits is no setting of the store yet.
        const base = wait !== undefined ? draft.base : { generation: updated.generation, own };
        dispatch({ type: 'reset', base, labels: updated.labels ?? {} });
        setShown(undefined);
        setReason('');
        const progress = { label: 'Show progress', onClick: () => navigate(storeHref(store.id)) };
        const words = wait === undefined ? 'applied' : `wait ${wait}`;
        toast.success(`Changes to ${store.name} ${words}`, isNew ? { action: progress } : {});
      }),
  };
}

/** The parser makes nothing but JSON; the server checks it all the same. */
const toJson = (values: object): StoreValues => ({ ...values });

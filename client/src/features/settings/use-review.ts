import { openingWords, type Store, type StorePlan, type StoreValues } from '@shopyard/contracts';
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
  const [toConfirm, setToConfirm] = useState<string>();

  const call = async (act: () => Promise<void>): Promise<void> => {
    setPending(true);
    setError(undefined);
    try {
      await act();
    } catch (reason) {
      if (errorCodeOf(reason) === 'confirmation_needed') return setToConfirm(whyToConfirm(reason));
      const issues = readIssues(reason).map(({ path, keys, message }) => ({ field: path, path: keys, message }));
      dispatch({ type: 'refused', issues });
      if (issues.length === 0) setError(describeError(reason));
      const isOutdated = errorCodeOf(reason) === 'generation_mismatch';
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
    if (!shown?.plan) return client.stores.update.mutate({ id: store.id, ...newLabels() });
    try {
      return await client.stores.applyPlan.mutate({ planId: shown.plan.planId, confirm });
    } catch (reason) {
      if (errorCodeOf(reason) !== 'plan_expired') throw reason;
      setShown({ plan: await planDraft(shown.chart), isRenewed: true, chart: shown.chart });
      return undefined;
    }
  };

  return {
    shown,
    pending,
    error,
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
        const { operation } = updated;
        const waits = isNew && operation?.state === 'waiting';
        // Labels alone change nothing of the shop.
        if (isNew && !waits && !updated.suspended) follow(store);
        // What waits is no setting of the store yet.
        const base = waits ? draft.base : { generation: updated.generation, own };
        dispatch({ type: 'reset', base, labels: updated.labels ?? {} });
        setShown(undefined);
        const progress = { label: 'Show progress', onClick: () => navigate(storeHref(store.id)) };
        const until = waits && operation.notBefore && operation.tz && openingWords(operation.notBefore, operation.tz);
        const words = until ? `wait until ${until}` : isNew && updated.suspended ? 'wait until it resumes' : 'applied';
        toast.success(`Changes to ${store.name} ${words}`, isNew ? { action: progress } : {});
      }),
  };
}

/** The parser makes nothing but JSON; the server checks it all the same. */
const toJson = (values: object): StoreValues => ({ ...values });

import { type ReactNode, useEffect } from 'react';
import { describeError } from '../../lib/describe-error.ts';
import { trpc } from '../../live/trpc.ts';
import { Waiting } from '../../ui/waiting.tsx';
import { FormSkeleton } from '../store-page/skeletons.tsx';
import type { StoreDetail } from '../store-page/use-store-detail.ts';
import { CalendarForm } from './calendar-form.tsx';
import { SettingsEditor } from './settings-editor.tsx';
import styles from './settings.module.css';
import { useChart } from './use-chart.ts';

/** The store's values and labels, to be changed. */
export function SettingsTab({ detail }: { detail: StoreDetail }): ReactNode {
  const { id, generation } = detail.store;
  const chart = useChart(detail.store);
  const values = trpc.stores.values.useQuery({ id }, { staleTime: Infinity, gcTime: 0 });
  const { data, refetch, isFetching } = values;
  // A push says that there is another generation; its values are read once.
  const isOld = data !== undefined && data.generation < generation;
  useEffect(() => {
    if (isOld && !isFetching) void refetch();
  }, [isOld, isFetching, refetch]);
  const trouble = chart.error ?? values.error;
  if (chart.data && data)
    return (
      <>
        <SettingsEditor key={id} detail={detail} chart={chart.data} settings={data} onMismatch={() => void refetch()} />
        <CalendarForm store={detail.store} />
      </>
    );
  return trouble ? (
    <div role="alert" className={styles.notice} data-tone="bad">
      <p>{describeError(trouble)}</p>
      <p>
        <button type="button" data-size="small" onClick={() => void Promise.all([chart.refetch(), refetch()])}>
          Try again
        </button>
      </p>
    </div>
  ) : (
    <Waiting>
      <FormSkeleton />
    </Waiting>
  );
}

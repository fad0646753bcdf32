import type { Store } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import { trpc } from '../../lib/trpc.ts';
import styles from './store-page.module.css';

const RETRY_MS = 2000;

/** What helm installed; made anew for each generation. */
export function ReleaseTab({ store: { id, observedGeneration } }: { store: Store }): ReactNode {
  const { data, error, isFetching, refetch } = trpc.stores.release.useQuery(
    { id },
    // Before there is one it is asked for again by itself.
    { retry: false, gcTime: 0, refetchInterval: ({ state }) => (state.error ? RETRY_MS : false) },
  );
  return (
    <section aria-label="Release" className={styles.release}>
      <p className={styles.evidence}>
        <span>As of generation {observedGeneration}; secrets are taken out.</span>
        <button type="button" disabled={isFetching} onClick={() => void refetch()}>
          Read again
        </button>
      </p>
      {error && (
        <p role="alert" className={styles.error}>
          {error.message}
        </p>
      )}
      {!data && !error && <p>Asking helm…</p>}
      {data && <Code title="Values" text={data.values} />}
      {data && <Code title="Manifest" text={data.manifest} />}
    </section>
  );
}

function Code({ title, text }: { title: string; text: string }): ReactNode {
  return (
    <>
      <h3>{title}</h3>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard */}
      <pre className={styles.code} tabIndex={0} aria-label={title}>
        {text}
      </pre>
    </>
  );
}

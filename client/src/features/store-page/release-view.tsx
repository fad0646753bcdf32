import type { ReleaseEvent, Store } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import { trpc } from '../../live/trpc.ts';
import { usePushed } from '../../live/use-pushed.ts';
import { Waiting } from '../../ui/waiting.tsx';
import styles from './store-page.module.css';

/** Effective values and manifest of the Helm release, pushed whenever another one is installed. */
export function ReleaseView({ store: { id, observedGeneration } }: { store: Store }): ReactNode {
  const { data, error, ...handlers } = usePushed<ReleaseEvent>();
  trpc.stores.watchRelease.useSubscription({ id }, handlers);
  const trouble = error ?? data?.trouble;
  return (
    <section aria-label="Release" className={styles.release}>
      <p className={styles.evidence}>Generation {observedGeneration}; secrets are redacted.</p>
      {trouble && (
        <p role="alert" className={styles.error}>
          {trouble}
        </p>
      )}
      {!data && !trouble && <Waiting />}
      {data && !trouble && !data.release && <p>No release yet: the step Release creates it.</p>}
      {data?.release && <Code title="Values" text={data.release.values} />}
      {data?.release && <Code title="Manifest" text={data.release.manifest} />}
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

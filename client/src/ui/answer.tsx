import type { ReactNode } from 'react';
import { describeError } from '../lib/describe-error.ts';
import styles from './page.module.css';
import { Waiting } from './waiting.tsx';

interface AnswerProps<T> {
  query: { data: T | undefined; error: unknown; refetch: () => Promise<unknown> };
  children: (data: T) => ReactNode;
}

/** What a query brings, or its placeholder, or why there is nothing, with another try. */
export function Answer<T>({ query: { data, error, refetch }, children }: AnswerProps<T>): ReactNode {
  if (data !== undefined) return children(data);
  if (!error) return <Waiting />;
  return (
    <p role="alert" className={styles.trouble}>
      {describeError(error)}
      <button type="button" data-size="small" onClick={() => void refetch()}>
        Try again
      </button>
    </p>
  );
}

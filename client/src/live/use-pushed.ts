import { useState } from 'react';
import { describeError } from '../lib/describe-error.ts';

export interface Pushed<T> {
  /** The latest value. */
  data: T | undefined;
  /** Why the subscription failed, for display; undefined once data arrives again. */
  error: string | undefined;
  onData: (event: { data: T }) => void;
  onError: (error: unknown) => void;
}

/** State and handlers for a subscription whose every event is a complete value. */
export function usePushed<T>(): Pushed<T> {
  const [state, setState] = useState<Pick<Pushed<T>, 'data' | 'error'>>({ data: undefined, error: undefined });
  return {
    ...state,
    onData: ({ data }) => setState({ data, error: undefined }),
    onError: (error) => setState(({ data }) => ({ data, error: describeError(error) })),
  };
}

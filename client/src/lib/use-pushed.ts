import { useState } from 'react';
import { wordsOf } from './error-words.ts';

export interface Pushed<T> {
  /** What came last. */
  data: T | undefined;
  /** Why nothing comes, in words; undefined while it does. */
  error: string | undefined;
  onData: (event: { data: T }) => void;
  onError: (error: unknown) => void;
}

/** The state and the handlers of a subscription that gives something whole each time. */
export function usePushed<T>(): Pushed<T> {
  const [state, setState] = useState<Pick<Pushed<T>, 'data' | 'error'>>({ data: undefined, error: undefined });
  return {
    ...state,
    onData: ({ data }) => setState({ data, error: undefined }),
    onError: (error) => setState(({ data }) => ({ data, error: wordsOf(error) })),
  };
}

/** The fields that the server refused, from the error of a call. */
import { TRPCClientError } from '@trpc/client';

export interface ServerIssue {
  /** Dotted path in the call's input, such as `values.store.title`; empty for the input as a whole. */
  path: string;
  /** The same, key by key, because a key may contain dots. */
  keys: string[];
  message: string;
}

/** Empty for an error that names no fields, and for every other failure. */
export function readIssues(error: unknown): ServerIssue[] {
  if (!(error instanceof TRPCClientError)) return [];
  // Claims nothing: our server attaches this data to its errors, and a foreign response has none.
  const { data } = error as {
    data?: { shopyard?: { issues?: { field?: string; path?: string[]; message: string }[] } };
  };
  return (data?.shopyard?.issues ?? []).map(({ path, field = '', message }) => ({
    path: field,
    keys: path ?? field.split('.'),
    message,
  }));
}

/** No answer of our server: the call may have taken effect all the same. */
export function isUnanswered(error: unknown): boolean {
  if (!(error instanceof TRPCClientError)) return true;
  // Claims nothing: a foreign response has no data.
  const { data } = error as { data?: { shopyard?: object } };
  return data?.shopyard === undefined;
}

/** Creates stores by imperative calls, for forms that send several. */
import type { Store, StoreProfile, StoreValues } from '@shopyard/contracts';
import { describeError } from '../lib/describe-error.ts';
import { isUnanswered, readIssues, type ServerIssue } from '../lib/read-issues.ts';
import { trpc } from './trpc.ts';
import { useFollow } from './use-stores.tsx';

/** What `stores.create` takes. */
export interface CreateRequest extends StoreProfile {
  name: string;
  engine?: string;
  values: StoreValues;
}

export type CreateOutcome =
  | { store: Store }
  | {
      /** One or two sentences. */
      message: string;
      issues: ServerIssue[];
      /** Nobody knows whether the store was created; repeating the call with its key tells. */
      unanswered: boolean;
    };

/** Never rejects. A key stands for one request: repeating both returns the first one's store. */
export type CreateStore = (request: CreateRequest, idempotencyKey: string) => Promise<CreateOutcome>;

export function useCreateStore(): CreateStore {
  const { client } = trpc.useUtils();
  const { follow } = useFollow();
  return async (request, idempotencyKey) => {
    try {
      const store = await client.stores.create.mutate(request, { context: { idempotencyKey } });
      follow(store);
      return { store };
    } catch (error) {
      return { message: describeError(error), issues: readIssues(error), unanswered: isUnanswered(error) };
    }
  };
}

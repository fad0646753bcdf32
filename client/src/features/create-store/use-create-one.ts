import { type Store, storeNameProblem, type StorePlan } from '@shopyard/contracts';
import { useState } from 'react';
import { describeError } from '../../lib/describe-error.ts';
import { IdempotencyKeys } from '../../lib/idempotency-keys.ts';
import { readIssues, type ServerIssue } from '../../lib/read-issues.ts';
import { trpc } from '../../live/trpc.ts';
import { type CreateRequest, useCreateStore } from '../../live/use-create-store.ts';
import { nameOf } from './draft.ts';
import { type FindLine, type Issue, placeIssues } from './issues.ts';
import { readShared } from './read-shared.ts';
import { NO_NAME, takenProblem, titleProblem } from './rules.ts';
import { toRequest } from './to-request.ts';
import type { CreateForm, CreateWorld } from './use-create-form.ts';

export interface CreateOne {
  /** What can be said of the input before the server is asked. */
  problems: Issue[];
  pending: boolean;
  /** Resolves with the store, or with undefined if there are issues. */
  submit: () => Promise<Store | undefined>;
  /** What the store would consist of; undefined if there are issues. Creates nothing. */
  plan: () => Promise<StorePlan | undefined>;
}

/** Sends the form. Sending the same input again, after whatever went wrong, never creates a second store. */
export function useCreateOne({ draft, settings, setIssues }: CreateForm, { stores }: CreateWorld): CreateOne {
  const create = useCreateStore();
  const { client } = trpc.useUtils();
  const [keys] = useState(() => new IdempotencyKeys());
  const [pending, setPending] = useState(false);
  // The store of this name may be the one that was asked for: repeating the call tells.
  const [unanswered, setUnanswered] = useState<string>();
  const [name, title] = [nameOf(draft), draft.title.trim()];
  const taken = name === unanswered ? undefined : takenProblem(stores.values(), name);
  const noName = draft.name === undefined ? NO_NAME : 'enter a name';
  const naming = name === '' && title !== '' ? noName : storeNameProblem(name);
  const problems = isTitled(title, draft.name)
    ? [toIssue('title', titleProblem(title)), toIssue('name', naming ?? taken)].flat()
    : toIssue('title', 'enter a shop name');

  const prepare = async (): Promise<{ request: CreateRequest; findLine: FindLine } | undefined> => {
    const shared = await readShared(draft, settings);
    const issues = [...problems, ...shared.issues];
    setIssues(issues);
    if (issues.length > 0) return undefined;
    const request = toRequest({ name, title, labels: shared.labels, settings }, shared.values);
    return { request, findLine: shared.findLine };
  };
  const refuse = (found: ServerIssue[], message: string, findLine: FindLine): void => {
    const placed = placeIssues(found, findLine);
    setIssues(placed.length > 0 ? placed : [{ field: 'form', message }]);
  };

  const submit = async (): Promise<Store | undefined> => {
    const prepared = await prepare();
    if (!prepared) return undefined;
    const { request, findLine } = prepared;
    const outcome = await create(request, keys.keyOf(request));
    if ('store' in outcome) {
      setUnanswered(undefined);
      return outcome.store;
    }
    setUnanswered(outcome.unanswered ? name : undefined);
    refuse(outcome.issues, outcome.message, findLine);
    return undefined;
  };
  const plan = async (): Promise<StorePlan | undefined> => {
    const prepared = await prepare();
    if (!prepared) return undefined;
    try {
      return await client.stores.plan.query(prepared.request);
    } catch (error) {
      refuse(readIssues(error), describeError(error), prepared.findLine);
      return undefined;
    }
  };
  return {
    problems,
    pending,
    plan,
    async submit() {
      if (pending) return undefined;
      setPending(true);
      try {
        return await submit();
      } finally {
        setPending(false);
      }
    },
  };
}

/** A name that was edited by hand does without a title. */
function isTitled(title: string, name: string | undefined): boolean {
  return title !== '' || name !== undefined;
}

function toIssue(field: 'title' | 'name', message: string | undefined): Issue[] {
  return message === undefined ? [] : [{ field, message }];
}

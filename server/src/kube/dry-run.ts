/** Asks the API server what it would make of a write, by a dry run. Changes nothing. */
import { isDeepStrictEqual } from 'node:util';
import { applying, essence, type LiveObject, type ManifestObject, pathOf, readObject } from './applied-object.ts';
import type { KubeClient } from './client.ts';
import { isDenied, isKind, quotaOf, isUnsure } from './errors.ts';

export type Judgement =
  | { kind: 'accepted'; before: LiveObject | undefined; after: LiveObject; changes: boolean }
  | ({ kind: 'refused'; before: LiveObject | undefined } & Refusal)
  /** A webhook or the account's rights don't allow the question. */
  | { kind: 'unknown'; before: LiveObject | undefined; why: string }
  /** The namespace does not exist. */
  | { kind: 'unasked'; before: undefined };

export interface Refusal {
  why: string;
  /** The quota that, as it is now, has no room for it. */
  quota: string | undefined;
}

interface Where {
  namespace: string;
  signal: AbortSignal;
}

/** Applies the object as helm does, as a dry run. Throws ClusterError if the API server doesn't answer. */
export async function judgeObject(
  client: KubeClient,
  object: ManifestObject,
  { namespace, signal }: Where,
): Promise<Judgement> {
  const path = pathOf(object, namespace);
  const { query, ...request } = applying(object);
  const [before, answer] = await Promise.all([
    readObject(client, path, signal),
    asked(client.json<LiveObject>(path, { ...request, query: { ...query, dryRun: 'All' }, signal })),
  ]);
  if ('refused' in answer) {
    const verdict = toVerdict(answer.refused);
    return verdict.kind === 'unasked' ? { ...verdict, before: undefined } : { ...verdict, before };
  }
  const after = answer.accepted;
  const changes = before === undefined || !isDeepStrictEqual(essence(before), essence(after));
  return { kind: 'accepted', before, after, changes };
}

/** Why the API server refuses this write; `undefined` if it doesn't, or can't say. Throws ClusterError if it doesn't answer. */
export async function refusalOf(request: Promise<unknown>): Promise<Refusal | undefined> {
  const answer = await asked(request);
  if ('accepted' in answer) return undefined;
  const verdict = toVerdict(answer.refused);
  return verdict.kind === 'refused' ? { why: verdict.why, quota: verdict.quota } : undefined;
}

type Asked<T> = { accepted: T } | { refused: Error };

/** Rejects if there was no verdict. */
async function asked<T>(request: Promise<T>): Promise<Asked<T>> {
  try {
    return { accepted: await request };
  } catch (error) {
    if (isKind(error, 'other', 'forbidden', 'terminating', 'conflict', 'not-found')) return { refused: error };
    throw error;
  }
}

type Verdict = ({ kind: 'refused' } & Refusal) | { kind: 'unknown'; why: string } | { kind: 'unasked' };

function toVerdict(error: Error): Verdict {
  const why = error.message;
  if (isKind(error, 'not-found')) return { kind: 'unasked' };
  if (isDenied(error) || isUnsure(error)) return { kind: 'unknown', why };
  return { kind: 'refused', why, quota: quotaOf(error) };
}

/** What the form checks before it asks the server. Pure. */
import type { Store } from '@shopyard/contracts';

export const NO_NAME = 'no name can be made from this shop name: enter one with letters a-z, digits and hyphens';

const MAX_TITLE = 200;

/** The chart's rule for titles; undefined if it holds. */
export function titleProblem(title: string): string | undefined {
  if (title.length > MAX_TITLE) return `use at most ${MAX_TITLE} characters for the title`;
  return /[\p{Cc}\u2028\u2029]/u.test(title) ? 'use no line breaks or control characters in the title' : undefined;
}

/** Why a store can't have this name; undefined if it is free. */
export function takenProblem(stores: Iterable<Store>, name: string): string | undefined {
  const taken = [...stores].find((store) => store.name === name);
  if (!taken) return undefined;
  return `a store named ${name} already exists${taken.phase === 'Deleting' ? ' and is being deleted: wait until that is done' : ': choose another name'}`;
}

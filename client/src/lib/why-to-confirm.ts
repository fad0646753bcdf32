import { describeError } from './describe-error.ts';
import { readIssues } from './read-issues.ts';
import { toSentence } from './to-sentence.ts';

/** Why a call wants the store's name typed, for people: without how a caller of the API goes on. */
export function whyToConfirm(error: unknown): string {
  const asked = readIssues(error).find(({ path }) => path === 'confirm');
  return toSentence(asked?.message ?? describeError(error));
}

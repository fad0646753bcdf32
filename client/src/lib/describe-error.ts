/** Error messages for users. Browser error texts and file names are never shown. */
import { TRPCClientError } from '@trpc/client';
import { toSentence } from './to-sentence.ts';

/** A code-split part of the page couldn't be loaded. */
export class ChunkError extends Error {}

/** The browser opened no tab. */
export class BlockedError extends Error {}

export const MESSAGES = {
  /** The request may have reached the server, so don't claim that it had no effect. */
  away: "The server isn't responding. Try again when it is back; repeating a request is safe.",
  foreign: 'The response didn’t come from Shopyard. A proxy in front of it may be having problems; try again.',
  chunk: 'Shopyard was updated. Reload.',
  chunkAway: "This part isn't loaded yet, and the server isn't responding. Reload when it is back.",
  blocked: 'The browser blocked the new tab. Allow pop-ups for this page, or use Show password.',
  unexpected: 'Something unexpected went wrong on this page.',
} as const;

/** One or two sentences for the user: the server's own message if it sent one. */
export function describeError(error: unknown): string {
  if (error instanceof ChunkError) return MESSAGES.chunkAway;
  if (error instanceof BlockedError) return MESSAGES.blocked;
  if (!(error instanceof TRPCClientError)) return MESSAGES.unexpected;
  // Claims nothing: our server attaches this data to its errors, and a foreign response has none.
  const { data, cause } = error as { data?: { shopyard?: { message?: string } } | null; cause?: unknown };
  const said = data?.shopyard?.message;
  if (said !== undefined) return toSentence(said);
  // A response arrived, but its body isn't JSON or isn't tRPC.
  return cause instanceof SyntaxError || /JSON|transform/i.test(error.message) ? MESSAGES.foreign : MESSAGES.away;
}

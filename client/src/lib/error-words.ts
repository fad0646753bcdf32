/** What went wrong, in words for people: no text of the browser's own, and no name of a file, is ever shown. */
import { TRPCClientError } from '@trpc/client';

/** A part of the page could not be loaded. */
export class ChunkError extends Error {}

export const WORDS = {
  /** Of a call: it may have arrived, so nothing is promised. */
  away: "The server doesn't answer. Try again when it is back; a repeated request changes nothing twice.",
  foreign: 'The answer was none of Shopyard’s. Something between here and the server may be in trouble; try again.',
  chunk: 'Shopyard was updated. Reload.',
  chunkAway: "This part isn't loaded yet, and the server doesn't answer. Reload when it is back.",
  unexpected: 'Something unexpected went wrong on this page.',
} as const;

/** One or two sentences: the server's own, where it answered. */
export function wordsOf(error: unknown): string {
  if (error instanceof ChunkError) return WORDS.chunkAway;
  if (!(error instanceof TRPCClientError)) return WORDS.unexpected;
  const { data, cause } = error as { data?: { shopyard?: { message?: string } } | null; cause?: unknown };
  const said = data?.shopyard?.message;
  if (said !== undefined) return said;
  // The body was read, and was no JSON or none of tRPC's.
  return cause instanceof SyntaxError || /JSON|transform/i.test(error.message) ? WORDS.foreign : WORDS.away;
}

/** What only those see who aren't signed in. */
import { lazyPart } from '../lib/lazy-part.ts';

export const entryPage = lazyPart(async () => (await import('./entry-page.tsx')).EntryPage);
export const signInPage = lazyPart(async () => (await import('./sign-in-page.tsx')).SignInPage);
export const signInAgain = lazyPart(async () => (await import('./sign-in-again.tsx')).SignInAgain);

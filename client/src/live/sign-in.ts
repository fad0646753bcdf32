/**
 * Signing in. Links that let somebody in are `#/sign-in?code=…`, `#/set-up?code=…` and `#/invitation?code=…`: in the fragment,
 * their codes reach no log and no other site.
 */
import { PROVIDER_REFUSALS, type SignIn, type SignInOffer } from '@shopyard/contracts';

export interface EntryLink {
  kind: 'sign-in' | 'set-up' | 'invitation';
  code: string;
}

const REFUSED = /^#\/sign-in\?refused=([\w-]+)$/;
const LINK = /^#\/(sign-in|set-up|invitation)\?code=([\w-]+)$/;

/** The link that this page was opened with, if it was. Takes the code out of the address. */
export function takeEntryLink(): EntryLink | undefined {
  const [, kind, code] = LINK.exec(location.hash) ?? [];
  if (code === undefined) return undefined;
  history.replaceState(history.state, '', location.pathname + location.search);
  // One of the words in the expression.
  return { kind: kind as EntryLink['kind'], code };
}

/** Why the identity provider's answer let nobody in, if this page was opened after one. Takes it out of the address. */
export function takeProviderRefusal(): string | undefined {
  const why = REFUSED.exec(location.hash)?.[1];
  if (why === undefined) return undefined;
  history.replaceState(history.state, '', location.pathname + location.search);
  return Object.entries(PROVIDER_REFUSALS).find(([known]) => known === why)?.[1];
}

/** A link that is pasted into this page's own address loads no page. */
export function followEntryLinks(): void {
  addEventListener('hashchange', () => {
    if (LINK.test(location.hash)) location.reload();
  });
}

/** Resolves with why it failed, if it did. */
export async function signIn(input: SignIn): Promise<string | undefined> {
  try {
    const response = await fetch('/session', { method: 'POST', body: JSON.stringify(input) });
    return response.ok ? undefined : await messageOf(response);
  } catch {
    return "the server isn't responding: try again";
  }
}

export async function signOut(): Promise<void> {
  await fetch('/session', { method: 'DELETE' });
}

/** What somebody who is not signed in is asked for; `undefined` if nobody answers. */
export async function readSignInOffer(): Promise<SignInOffer | undefined> {
  try {
    // The server's own answer.
    return (await (await fetch('/session')).json()) as SignInOffer;
  } catch {
    return undefined;
  }
}

async function messageOf(response: Response): Promise<string> {
  // Claims nothing: every level may be missing.
  const { error } = (await response.json()) as { error?: { message?: string } };
  return error?.message ?? "that didn't work";
}

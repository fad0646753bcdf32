/** Signing in by a link, `#/sign-in?code=…`: in the fragment, its code reaches no log and no other site. */
const LINK = /^#\/sign-in\?code=([\w-]+)$/;

/** Signs in if the address says so, and takes the code out of it. Resolves with why that failed, if it did. */
export async function signInByLink(): Promise<string | undefined> {
  const code = LINK.exec(location.hash)?.[1];
  if (code === undefined) return undefined;
  history.replaceState(history.state, '', location.pathname + location.search);
  try {
    const response = await fetch('/session', { method: 'POST', body: JSON.stringify({ code }) });
    if (response.ok) return undefined;
    // Claims nothing: every level may be missing.
    const { error } = (await response.json()) as { error?: { message?: string } };
    return error?.message ?? "The sign-in link didn't work.";
  } catch {
    return "The server isn't responding. Open the sign-in link again.";
  }
}

/** A link that is pasted into this page's own address loads no page. */
export function followSignInLinks(): void {
  addEventListener('hashchange', () => {
    if (LINK.test(location.hash)) location.reload();
  });
}

/** Pages shown in place of a shop that is down or missing. They name no cause: only the shop operator sees that. */
import type { Store } from '@shopyard/contracts';

export interface WaitingPage {
  status: number;
  html: string;
  /** For whoever reads no HTML; absent where `html` serves everybody. */
  text?: string;
  /** Seconds until asking again makes sense. */
  retryAfter?: number;
}

const NO_SHOP: WaitingPage = {
  status: 404,
  html: page({ title: 'No shop at this address', text: 'Check the address.', again: false }),
};
const OPENS_SOON: WaitingPage = {
  status: 503,
  html: page({ title: 'This shop opens soon', text: 'It is being prepared.', again: true }),
};
const BACK_SOON: WaitingPage = {
  status: 503,
  html: page({ title: 'Back in a moment', text: 'This shop can’t be reached right now.', again: true }),
};
/** A suspended shop: nobody knows when it opens, so the page does not ask again. */
const SUSPENDED: WaitingPage = {
  status: 503,
  html: page({ title: 'This shop is closed at the moment', text: 'Please come back another time.', again: false }),
  text: 'This shop is closed at the moment.\n',
  retryAfter: 300,
};
/** For a shop that didn't answer, or broke off its response. */
export const INTERRUPTED_PAGE: WaitingPage = { ...BACK_SOON, status: 502 };

/** Used with authentication: strangers see the same page for a missing store and for one that can't serve. */
export const CLOSED_PAGE: WaitingPage = {
  status: 503,
  html: page({ title: 'No shop is open here', text: 'It may open soon.', again: true }),
  text: 'No shop is open here.\n',
  retryAfter: 30,
};

export function waitingPage(store: Pick<Store, 'phase' | 'readyAt' | 'suspended'> | undefined): WaitingPage {
  if (!store || store.phase === 'Deleting') return NO_SHOP;
  if (store.suspended) return SUSPENDED;
  return store.readyAt === undefined ? OPENS_SOON : BACK_SOON;
}

function page({ title, text, again }: { title: string; text: string; again: boolean }): string {
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
${again ? '<meta http-equiv="refresh" content="2">' : ''}<title>${title}</title>
<style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui;max-width:36rem;margin:24vh auto;padding:0 1.5rem;text-align:center}h1{font-size:1.5rem}</style>
<h1>${title}</h1><p>${text}</p>${again ? '<p>This page refreshes automatically.</p>' : ''}</html>
`;
}

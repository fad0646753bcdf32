/** What a browser shows instead of a store that isn't up, or isn't there. Looks again by itself. */
import type { Store } from '@shopyard/contracts';

export interface WaitingPage {
  status: number;
  html: string;
}

export function waitingPage(store: Store | undefined, name: string): WaitingPage {
  if (!store) {
    return {
      status: 404,
      html: page({ title: `There is no store "${name}"`, text: 'It was deleted, or never made.', again: false }),
    };
  }
  const done = store.conditions.filter(({ status }) => status === 'True').length;
  const progress = store.conditions.length > 0 ? ` ${done} of ${store.conditions.length} steps are done.` : '';
  const text = store.phase === 'Ready' ? 'It is being reached.' : `${store.phase}.${progress} ${store.message ?? ''}`;
  return { status: 503, html: page({ title: `${store.name} is not open yet`, text, again: true }) };
}

/** For strangers where people sign in: the same for a store that isn't there and for each that can't serve. */
export const CLOSED_PAGE: WaitingPage = {
  status: 503,
  html: page({ title: 'No shop is open here', text: 'It may open soon.', again: true }),
};

function page({ title, text, again }: { title: string; text: string; again: boolean }): string {
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
${again ? '<meta http-equiv="refresh" content="2">' : ''}<title>${escape(title)}</title>
<style>body{font:16px/1.5 system-ui;max-width:36rem;margin:18vh auto;padding:0 1.5rem;color-scheme:light dark}h1{font-size:1.25rem}</style>
<h1>${escape(title)}</h1><p>${escape(text)}</p>${again ? '<p>This page looks again by itself.</p>' : ''}</html>
`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

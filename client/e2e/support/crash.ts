/** Makes parts of the dashboard fail: they can't show what the server pushes. */
import type { Page } from 'playwright-core';

/** What the browser and React report of it. */
export const CRASH = /TypeError|is not a function|is not iterable|undefined|The above error|Cannot read properties/;

/** Fields of what is pushed, as they begin in JSON, and what needs them. */
const FIELDS = {
  /** The page of a store; in the list, `pods` are counts. */
  pods: '"pods":[',
  /** Also its pane beside the list. */
  history: '"history":[',
  /** Every page. */
  attention: '"attention":{',
} as const;

/** From the next load on, until the returned function is called, this field is missing. */
export async function breakDetails(page: Page, field: keyof typeof FIELDS = 'pods'): Promise<() => void> {
  let broken = true;
  const start = FIELDS[field];
  await page.routeWebSocket(/trpc/, (socket) => {
    socket.connectToServer().onMessage((message) => {
      socket.send(broken ? String(message).replaceAll(start, `"unread":${start.at(-1)}`) : message);
    });
  });
  return () => {
    broken = false;
  };
}

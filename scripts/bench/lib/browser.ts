/** The browser of the benchmarks. */
import { CHROMIUM, launchWholeBrowser } from '@shopyard/testkit/browser';
import type { Browser } from 'playwright-core';

/** `undefined`, with a message, if there is no browser. */
export async function launch(): Promise<Browser | undefined> {
  if (CHROMIUM) return launchWholeBrowser('--enable-precise-memory-info');
  process.stderr.write('Skipped: Chromium was not found. Install it, or set SHOPYARD_CHROMIUM to its path.\n');
  return undefined;
}

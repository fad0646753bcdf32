/** The browser of the benchmarks. */
import { CHROMIUM, launchBrowser } from '@shopyard/testkit/browser';
import type { Browser } from 'playwright-core';

/** Undefined where there is none; then it says so. */
export async function launch(): Promise<Browser | undefined> {
  if (CHROMIUM) return launchBrowser('--enable-precise-memory-info');
  process.stderr.write(
    'No chromium here: this benchmark is left out. Install it, or name one with SHOPYARD_CHROMIUM.\n',
  );
  return undefined;
}

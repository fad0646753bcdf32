/** Drives the system's Chromium or Chrome with playwright-core. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Path of the browser: `SHOPYARD_CHROMIUM`, or the first candidate that exists; undefined if there is none. */
export const CHROMIUM = process.env['SHOPYARD_CHROMIUM'] ?? CANDIDATES.find((path) => existsSync(path));

/** Launches it headless, with `args` beside what a container and a machine without a network need. */
export function launchBrowser(...args: string[]): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM ?? '',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...args,
    ],
  });
}

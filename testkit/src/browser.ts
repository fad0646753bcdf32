/** Drives the system's Chromium or Chrome with playwright-core. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** The same engine without the browser around it: a page costs a third of the processor time. */
const SHELLS = ['/usr/bin/chromium-headless-shell'];
const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const given = process.env['SHOPYARD_CHROMIUM'];
const present = (paths: string[]): string | undefined => paths.find((path) => existsSync(path));
const WHOLE = given ?? present(BROWSERS) ?? present(SHELLS);

/** Path of the browser: `SHOPYARD_CHROMIUM`, or the first candidate that exists; undefined if there is none. */
export const CHROMIUM = given ?? present(SHELLS) ?? WHOLE;

/** Launches it headless, with `args` beside what a container and a machine without a network need. */
export const launchBrowser = (...args: string[]): Promise<Browser> => launch(CHROMIUM, args);

/** Launches the browser that people have, for what depends on it: its own protections, its speed, its pictures. */
export const launchWholeBrowser = (...args: string[]): Promise<Browser> => launch(WHOLE, args);

function launch(executablePath: string | undefined, args: string[]): Promise<Browser> {
  return chromium.launch({
    executablePath: executablePath ?? '',
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

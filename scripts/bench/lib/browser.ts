/** Debian's chromium, driven by playwright-core. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const PATH = process.env['SHOPYARD_CHROMIUM'] ?? CANDIDATES.find((path) => existsSync(path));

/** Undefined where there is none; then it says so. */
export async function launch(): Promise<Browser | undefined> {
  if (PATH)
    return chromium.launch({
      executablePath: PATH,
      args: ['--no-sandbox', '--disable-gpu', '--enable-precise-memory-info'],
    });
  process.stderr.write(
    'No chromium here: this benchmark is left out. Install it, or name one with SHOPYARD_CHROMIUM.\n',
  );
  return undefined;
}

/** Downloads WordPress and WooCommerce into the cache for `npm start`, or prints why its stores will be simulated. */
import { messageOf } from './error-message.ts';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { download, type Source } from './download.ts';

const PATIENCE_MS = 8000;
const SHOW_MS = 2000;

const { env } = process;
const cache = join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'shopyard');
const mirror = env['SHOPYARD_MIRROR']?.replace(/\/$/, '');

interface Wanted {
  file: string;
  /** Points to another file to use. */
  variable: string;
  official: Source;
}

// Checksums are pinned here because the host that serves a file can't vouch for it.
const WANTED: Wanted[] = [
  {
    file: 'wordpress-7.1.zip',
    variable: 'SHOPYARD_WORDPRESS_ZIP',
    official: {
      url: 'https://wordpress.org/wordpress-7.1.zip',
      sha256: 'd1ae02b5ae18428031ffc3943659fa87ab361d827f4aa804adf9276e4dc75df6',
    },
  },
  {
    file: 'woocommerce-11.0.1.zip',
    variable: 'SHOPYARD_WOOCOMMERCE_ZIP',
    official: {
      url: 'https://downloads.wordpress.org/plugin/woocommerce.11.0.1.zip',
      sha256: 'da189b6616c610d15a2106f93151dab81b78f83e075bcefce221ac0d00b4fa21',
    },
  },
];

/**
 * Strips escape sequences and replaces control characters: a mirror's responses and the names in a zip must not control
 * the terminal.
 */
const say = (text: string): void =>
  void process.stdout.write(`shopyard: ${stripVTControlCharacters(text).replaceAll(/\p{Cc}/gu, '\uFFFD')}\n`);

async function fetchAll(): Promise<void> {
  for (const { file, variable, official } of WANTED) {
    const target = join(cache, file);
    if (env[variable] || existsSync(target)) continue;
    const url = `${mirror}/${file}`;
    const source: Source = mirror ? { url, sha256: { url: `${url}.sha256` } } : official;
    let shown = 0;
    say(`fetching ${file} for real stores (once)`);
    await download(source, target, {
      patienceMs: PATIENCE_MS,
      onProgress(done, total) {
        if (Date.now() - shown < SHOW_MS) return;
        shown = Date.now();
        const mb = (bytes: number): string => (bytes / 1e6).toFixed(0);
        say(`${file}: ${mb(done)}${total ? ` of ${mb(total)}` : ''} MB`);
      },
    });
  }
}

// Nothing to fetch for another cluster, or if real stores are disabled.
const cluster = env['SHOPYARD_CLUSTER'] || 'embedded';
if (cluster === 'embedded' && env['SHOPYARD_EMBEDDED_STORES'] !== 'simulated')
  await fetchAll().catch((error: unknown) =>
    say(
      `WooCommerce stores will be simulated: ${messageOf(error)}. docs/embedded-stores.md says how to get real ones.`,
    ),
  );

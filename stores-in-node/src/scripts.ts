/**
 * Compiling scripts takes most of the time of a store's first answer. The list of scripts that a store needs is kept
 * once, and the next store's PHP compiles them before it knows its store.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PHP } from '@php-wasm/universal';
import type { Code } from './code.ts';

const LIST = '/tmp/scripts.json';
/** Code shared by all stores; a store's own themes and plugins are on its volume. */
const SHARED = /^\/var\/www\/(sqlite|html\/(wp-(includes|admin|content\/plugins\/woocommerce)\/|[^/]+$))/;

export function scriptsOf(code: Code, cache: string): string {
  const key = createHash('sha256').update(JSON.stringify(code)).digest('hex').slice(0, 16);
  return join(cache, `scripts-${key}.json`);
}

/** Returns the number of compiled scripts: 0 until a store has answered. */
export async function compileScripts(php: PHP, file: string): Promise<number> {
  if (!existsSync(file)) return 0;
  php.writeFile(LIST, readFileSync(file));
  const { text } = await php.run({
    code: `<?php echo count(array_filter(json_decode(file_get_contents('${LIST}')), fn($script) => is_file($script) && @opcache_compile_file($script)));`,
  });
  return Number(text);
}

/** Keeps the list unless there is one, or the store has no WooCommerce. */
export async function keepScripts(php: PHP, file: string): Promise<void> {
  if (existsSync(file)) return;
  const { text } = await php.run({ code: "<?php echo json_encode(array_keys(opcache_get_status()['scripts']));" });
  // We wrote the file; what is not a path of ours is dropped.
  const scripts = (JSON.parse(text) as string[]).filter((script) => SHARED.test(script));
  if (!scripts.some((script) => script.includes('/woocommerce/'))) return;
  const beside = `${file}.${process.pid}`;
  writeFileSync(beside, JSON.stringify(scripts));
  renameSync(beside, file);
}

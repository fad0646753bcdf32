/** Serves images, styles and scripts that all stores share. They need no PHP, so they work while it is busy. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inferMimeType } from '@php-wasm/universal';
import type { Code } from './code.ts';

export type SharedFile = (url: string) => Promise<{ type: string; bytes: Uint8Array } | undefined>;

/** Spelled as in WordPress; anything else follows PHP's own rules. */
const SHARED = /^\/(?:wp-(?:includes|admin)|wp-content\/plugins\/(woocommerce))(?:\/[\w-][\w.-]*)+(?=$|\?)/;

/** `url`: path and query of a URL that is not private. Undefined if there is no such file. */
export function sharedFiles({ wordpress, woocommerce }: Pick<Code, 'wordpress' | 'woocommerce'>): SharedFile {
  return async (url) => {
    const [path, plugin] = SHARED.exec(url) ?? [];
    if (path === undefined || path.endsWith('.php')) return undefined;
    const file = plugin
      ? join(woocommerce, path.slice('/wp-content/plugins'.length))
      : join(wordpress, 'wordpress', path);
    try {
      return { type: inferMimeType(path), bytes: await readFile(file) };
    } catch {
      return undefined;
    }
  };
}

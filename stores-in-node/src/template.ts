/** A store as its setup left it, kept for the next one: that begins with a copy, and its setup has little to do. */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Code } from './code.ts';
import type { Spec } from './spec.ts';

/** What makes a store; its mail and locks are its own. */
const PARTS = ['wp-content', 'database'];

export interface Template {
  /** True when the volume was empty, and is a copy now. */
  restore(): boolean;
  /** Keeps the volume for the next store, unless one is kept already. No process may have it open. */
  save(): void;
}

/** Of the same code, script and settings; of other ones there is another template. */
export function templateOf({ cache, volume, script = '', env }: Spec, code: Code): Template {
  const settings = ['STORE_COUNTRY', 'STORE_CURRENCY', 'WOOCOMMERCE_ENABLED'].map((name) => env[name]);
  const key = createHash('sha256')
    .update(JSON.stringify([code, script, settings]))
    .digest('hex')
    .slice(0, 16);
  const kept = join(cache, 'templates', key);
  const isNew = !existsSync(join(volume, 'database/store.sqlite'));
  return {
    restore() {
      if (!isNew || !existsSync(kept)) return false;
      for (const part of PARTS) cpSync(join(kept, part), join(volume, part), { recursive: true });
      return true;
    },
    save() {
      if (!isNew || existsSync(kept)) return;
      const beside = `${kept}.${process.pid}`;
      mkdirSync(beside, { recursive: true, mode: 0o700 });
      for (const part of PARTS) cpSync(join(volume, part), join(beside, part), { recursive: true });
      try {
        renameSync(beside, kept);
      } catch {
        // Another store's was faster.
        rmSync(beside, { recursive: true, force: true });
      }
    },
  };
}

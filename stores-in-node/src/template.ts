/** A store as its setup left it, kept for the next one: that begins with a copy, and its setup has little to do. */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Code } from './code.ts';
import type { Spec } from './spec.ts';

/** What makes a store, the database last: with it the copy is whole. Mail and locks are each one's own. */
const PARTS = ['wp-content', 'database'];

export interface Template {
  /** True when the volume is a copy that has not been made a store of its own yet; an empty one becomes a copy. */
  restore(): boolean;
  /** The copy is a store of its own. */
  adopted(): void;
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
  // Outlives a kill: a copy has another store's password until its setup has changed that.
  const copied = join(volume, 'copied');
  const isNew = !existsSync(join(volume, 'database'));
  return {
    restore() {
      if (isNew && existsSync(kept)) {
        writeFileSync(copied, '');
        for (const part of PARTS) copyWhole(join(kept, part), join(volume, part));
      }
      return existsSync(copied);
    },
    adopted: () => rmSync(copied, { force: true }),
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

/** There whole or not at all, whenever it is killed. */
function copyWhole(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  rmSync(`${to}.new`, { recursive: true, force: true });
  cpSync(from, `${to}.new`, { recursive: true });
  renameSync(`${to}.new`, to);
}

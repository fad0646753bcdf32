/**
 * A store as its setup left it, without its secrets, kept for the next one: that begins with a copy, and its setup has
 * little to do.
 */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addressStore, blankStore } from './blank-store.ts';
import type { Code } from './code.ts';
import type { Spec } from './spec.ts';

/** What makes a store, the database last: with it the copy is whole. Mail and locks are each one's own. */
const PARTS = ['wp-content', 'database'];
const DATABASE = 'database/store.sqlite';
/** Earlier versions kept their templates here, with the secrets of the store that each was made from. */
const WITH_SECRETS = 'templates';

export interface Template {
  /** True when the volume is a copy that has not been made a store of its own yet; an empty one becomes a copy. */
  restore(): boolean;
  /** The copy is a store of its own. */
  adopted(): void;
  /**
   * Keeps the volume for the next store, unless one is kept already. No process may have it open. Throws when its secrets
   * can't be taken out; nothing is kept then.
   */
  save(): void;
}

/** Of the same code, script and settings; of other ones there is another template. */
export function templateOf({ cache, volume, script = '', env }: Spec, code: Code): Template {
  const settings = ['STORE_COUNTRY', 'STORE_CURRENCY', 'WOOCOMMERCE_ENABLED'].map((name) => env[name]);
  const key = createHash('sha256')
    .update(JSON.stringify([code, script, settings]))
    .digest('hex')
    .slice(0, 16);
  const folder = join(cache, 'blank-stores');
  const kept = join(folder, key);
  // Outlives a kill: a copy has another store's password until its setup has changed that.
  const copied = join(volume, 'copied');
  const isNew = !existsSync(join(volume, 'database'));
  return {
    restore() {
      if (isNew && existsSync(kept)) {
        writeFileSync(copied, '');
        for (const part of PARTS) copyWhole(join(kept, part), join(volume, part));
      }
      const isCopy = existsSync(copied);
      if (isCopy) addressStore(join(volume, DATABASE), env['ADMIN_EMAIL'] ?? '');
      return isCopy;
    },
    adopted: () => rmSync(copied, { force: true }),
    save() {
      rmSync(join(cache, WITH_SECRETS), { recursive: true, force: true });
      if (!isNew || existsSync(kept)) return;
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      removeHalves(folder);
      const beside = `${kept}.${process.pid}`;
      try {
        mkdirSync(beside, { mode: 0o700 });
        for (const part of PARTS) cpSync(join(volume, part), join(beside, part), { recursive: true, filter: isKept });
        blankStore(join(beside, DATABASE));
        // Fails where another store's was faster.
        if (!existsSync(kept)) renameSync(beside, kept);
      } finally {
        rmSync(beside, { recursive: true, force: true });
      }
    },
  };
}

/** A store's logs are its own. */
function isKept(path: string): boolean {
  return !path.endsWith('.log');
}

/** What a killed setup left has the secrets of its store. */
function removeHalves(folder: string): void {
  for (const name of readdirSync(folder)) {
    const pid = /\.(\d+)$/.exec(name)?.[1];
    if (pid !== undefined && !isRunning(Number(pid))) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** There whole or not at all, whenever it is killed. */
function copyWhole(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  rmSync(`${to}.new`, { recursive: true, force: true });
  cpSync(from, `${to}.new`, { recursive: true });
  renameSync(`${to}.new`, to);
}

/**
 * Keeps a blank store, as its setup left it, for later stores of this installation. Each of them starts as a copy, so
 * its setup has little to do.
 */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripStore } from './blank-store.ts';
import type { Code } from './code.ts';
import type { Spec } from './spec.ts';

/** The parts of a store, database last: once it exists, the copy is complete. Mail and locks are never copied. */
const PARTS = ['wp-content', 'database'];
const DATABASE = 'database/store.sqlite';
/** Below the cache, which installations share. Earlier versions kept templates made from users' stores there. */
const FORMER = ['templates', 'blank-stores'];
const FORMER_COPY = 'copied';

/** `own`: the volume is a user's store. `blank`: it is empty or incomplete. `copy`: it is a complete blank store. */
export type Beginning = 'own' | 'blank' | 'copy';

export interface Template {
  /** Turns an empty volume into a copy if there is a template. After a kill it returns the same result again. */
  begin(): Beginning;
  /**
   * The blank store is complete: keeps it as the template, unless there is one. No process may have it open. Throws if
   * it can't be kept.
   */
  completed(): void;
  /** Marks the copy as a store with an owner. */
  adopted(): void;
}

/** Identifies the code, scripts and WooCommerce version: other ones use another template. */
export function templateOf({ cache, templates, volume, scripts = {}, env }: Spec, code: Code): Template {
  const version = digest([code, scripts]);
  const kept = join(templates, `${version}-${digest([env['WOOCOMMERCE_ENABLED'], env['WOOCOMMERCE_VERSION']])}`);
  // Each marker survives a kill: while it exists, the volume has no owner.
  const [blank, copy] = ['blank', 'copy'].map((name) => join(volume, name)) as [string, string];
  const restore = (): Beginning => {
    if (!existsSync(kept)) {
      writeFileSync(blank, '');
      rmSync(copy, { force: true });
      return 'blank';
    }
    writeFileSync(copy, '');
    for (const part of PARTS) copyWhole(join(kept, part), join(volume, part));
    return 'copy';
  };
  return {
    begin() {
      if (existsSync(blank)) return 'blank';
      // A copy that an earlier version didn't finish adopting has another store's names.
      if (existsSync(join(volume, FORMER_COPY)))
        for (const part of [...PARTS, FORMER_COPY]) rmSync(join(volume, part), { recursive: true, force: true });
      if (!existsSync(join(volume, 'database'))) return restore();
      return existsSync(copy) ? 'copy' : 'own';
    },
    completed() {
      try {
        for (const name of FORMER) rmSync(join(cache, name), { recursive: true, force: true });
        if (!existsSync(kept)) keep(volume, { kept, templates, version });
      } finally {
        renameSync(blank, copy);
      }
    },
    adopted: () => rmSync(copy, { force: true }),
  };
}

function digest(of: unknown): string {
  return createHash('sha256').update(JSON.stringify(of)).digest('hex').slice(0, 16);
}

function keep(volume: string, to: { kept: string; templates: string; version: string }): void {
  const { kept, templates, version } = to;
  mkdirSync(templates, { recursive: true, mode: 0o700 });
  removeOld(templates, version);
  const beside = `${kept}.${process.pid}`;
  try {
    mkdirSync(beside, { mode: 0o700 });
    for (const part of PARTS) cpSync(join(volume, part), join(beside, part), { recursive: true, filter: isKept });
    stripStore(join(beside, DATABASE));
    // Fails if another store was faster.
    if (!existsSync(kept)) renameSync(beside, kept);
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
}

function isKept(path: string): boolean {
  return !path.endsWith('.log');
}

/** Templates of other code, and leftovers of a killed setup. */
function removeOld(templates: string, version: string): void {
  for (const name of readdirSync(templates)) {
    const pid = /\.(\d+)$/.exec(name)?.[1];
    if (pid === undefined ? !name.startsWith(version) : !isRunning(Number(pid)))
      rmSync(join(templates, name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Errors of other kinds have no code.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Copies atomically: after a kill, `to` is complete or absent. */
function copyWhole(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  rmSync(`${to}.new`, { recursive: true, force: true });
  cpSync(from, `${to}.new`, { recursive: true });
  renameSync(`${to}.new`, to);
}

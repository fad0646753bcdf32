/** Programs as they are built. */
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/**
 * The bundle of an entry point, from the folder SHOPYARD_PROGRAMS. Its source, which starts more slowly, if there is none:
 * the bundle of production has no entry points of tests.
 */
export function programOf(source: string): string {
  const folder = process.env['SHOPYARD_PROGRAMS'];
  if (!folder) return source;
  const name = relative(ROOT, source).replace('/src/', '/').replaceAll('/', '-');
  const bundle = join(folder, name.replace(/\.ts$/, '.js'));
  return existsSync(bundle) ? bundle : source;
}

/** Programs as they are built. */
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The bundle of an entry point, from the folder SHOPYARD_PROGRAMS; its source without one, which starts more slowly. */
export function programOf(source: string): string {
  const folder = process.env['SHOPYARD_PROGRAMS'];
  if (!folder) return source;
  const name = relative(ROOT, source).replace('/src/', '/').replaceAll('/', '-');
  return join(folder, name.replace(/\.ts$/, '.js'));
}

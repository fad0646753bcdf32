/** Finds import cycles between files, type imports included. */
import type { Sources } from './find-wall-breaches.ts';
import { importsOf, resolveImport } from './imports.ts';

/** Returns each cycle once, as `a.ts → b.ts → a.ts`. */
export function findCycles(sources: Sources): string[] {
  const edges = new Map(
    [...sources].map(([file, text]) => [
      file,
      importsOf(text).flatMap((specifier) => {
        const target = resolveImport(file, specifier);
        return target !== undefined && sources.has(target) ? [target] : [];
      }),
    ]),
  );
  const done = new Set<string>();
  const path: string[] = [];
  const found: string[] = [];
  const visit = (file: string): void => {
    const at = path.indexOf(file);
    if (at >= 0) found.push([...path.slice(at), file].join(' → '));
    if (at >= 0 || done.has(file)) return;
    path.push(file);
    for (const next of edges.get(file) ?? []) visit(next);
    path.pop();
    done.add(file);
  };
  for (const file of sources.keys()) visit(file);
  return found;
}

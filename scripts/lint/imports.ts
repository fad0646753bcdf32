/** Lists the imports of a TypeScript source, type imports and dynamic ones included. */
import { dirname, join, normalize } from 'node:path';

const IMPORT = /(?:^|[\s;}])(?:from|import)\s*\(?\s*(['"])([^'"\n]+)\1/g;

/** Specifiers in source order, such as `./a.ts` and `@shopyard/contracts`. */
export function importsOf(text: string): string[] {
  const code = text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  return [...code.matchAll(IMPORT)].map(([, , specifier = '']) => specifier);
}

/** Path of a relative specifier from the repository's root; `undefined` for a package. */
export function resolveImport(file: string, specifier: string): string | undefined {
  return specifier.startsWith('.') ? normalize(join(dirname(file), specifier)) : undefined;
}

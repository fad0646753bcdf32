/** What a TypeScript source imports, type imports and dynamic ones included. */
import { dirname, join, normalize } from 'node:path';

const IMPORT = /(?:^|[\s;}])(?:from|import)\s*\(?\s*(['"])([^'"\n]+)\1/g;

/** Specifiers in the order of the text, such as `./a.ts` and `@shopyard/contracts`. */
export function importsOf(text: string): string[] {
  const code = text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  return [...code.matchAll(IMPORT)].map(([, , specifier = '']) => specifier);
}

/** The path of a relative specifier, seen from the repository's root; undefined for a package. */
export function resolveImport(file: string, specifier: string): string | undefined {
  return specifier.startsWith('.') ? normalize(join(dirname(file), specifier)) : undefined;
}

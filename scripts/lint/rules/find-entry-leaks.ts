/** Keeps server code out of what browsers load through the entry of contracts: schemas and pure functions only. */
import { resolveImport } from '../imports.ts';
import { faultAt, type Source } from '../source.ts';

const ENTRY = 'contracts/src/index.ts';
const PACKAGES = new Set(['zod']);
/** Only servers call these. The entry may still export their types. */
const SERVER_FILES = new Set(['router', 'services', 'trpc', 'rest'].map((name) => `contracts/src/${name}.ts`));

export function findEntryLeaks(sources: ReadonlyMap<string, Source>, entry = ENTRY): string[] {
  const seen = new Set<string>();
  const faults: string[] = [];
  const visit = (file: string): void => {
    const source = sources.get(file);
    if (!source || seen.has(file)) return;
    seen.add(file);
    for (const node of runTimeImports(source)) {
      const specifier = node.source.value;
      const target = resolveImport(file, specifier);
      if (target === undefined ? PACKAGES.has(specifier) : !SERVER_FILES.has(target)) visit(target ?? '');
      else faults.push(faultAt(source, node, `${specifier} reaches browsers through ${entry}`));
    }
  };
  visit(entry);
  return faults;
}

/** `import { type A }` counts: erasing its types leaves the import. */
function runTimeImports({ program }: Source): { start: number; source: { value: string } }[] {
  return program.body.flatMap((node) => {
    if (node.type === 'ImportDeclaration') return node.importKind === 'type' ? [] : [node];
    if (node.type === 'ExportAllDeclaration') return node.exportKind === 'type' ? [] : [node];
    if (node.type !== 'ExportNamedDeclaration' || !node.source || node.exportKind === 'type') return [];
    return [{ start: node.start, source: node.source }];
  });
}

/** Checks imports against the walls: rejects imports that no row allows, and files that no row covers. */
import { importsOf, resolveImport } from './imports.ts';

/** The rooms that each room may import from. A room is a folder, or a file without its extension. */
export type Walls = Readonly<Record<string, readonly string[]>>;

/** Repository path → text. */
export type Sources = ReadonlyMap<string, string>;

/** Returns one sentence per forbidden import. */
export function findWallBreaches(sources: Sources, walls: Walls): string[] {
  const rooms = Object.keys(walls).toSorted((a, b) => b.length - a.length);
  const roomOf = (path: string): string | undefined =>
    rooms.find((room) => path.startsWith(`${room}/`) || path.replace(/\.tsx?$/, '') === room);
  const packages = new Set(rooms.map((room) => room.split('/')[0]));
  /** Maps `@shopyard/contracts/router` to `contracts/src/router`. */
  const entryOf = (specifier: string): string | undefined => {
    const [, name = '', entry = ''] = /^@shopyard\/([^/]+)(.*)$/.exec(specifier) ?? [];
    return packages.has(name) ? `${name}/src${entry}` : undefined;
  };
  return [...sources].flatMap(([file, text]) => {
    const room = roomOf(file);
    if (room === undefined) return [`${file}: no row of scripts/lint/walls.ts names this folder`];
    const allowed = new Set([room, ...(walls[room] ?? [])]);
    return importsOf(text).flatMap((specifier) => {
      const target = entryOf(specifier) ?? resolveImport(file, specifier);
      const to = target === undefined ? undefined : (roomOf(target) ?? target);
      return to === undefined || allowed.has(to) ? [] : [`${file}: ${room} may not import from ${to} (${specifier})`];
    });
  });
}

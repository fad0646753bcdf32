/**
 * Pages that name a file which has moved: a path in backquotes that begins with a folder of the repository, or of
 * `server/src`, must exist.
 */
const PATH = /`([\w.@-]+(?:\/[\w.@-]+)+)\/?`/g;

interface Tree {
  /** Folders that a path may begin with, each with where they are. */
  roots: ReadonlyMap<string, string>;
  exists: (path: string) => boolean;
}

/** `pages`: text by path. */
export function findLostPaths(pages: ReadonlyMap<string, string>, { roots, exists }: Tree): string[] {
  return [...pages].flatMap(([page, text]) =>
    [...text.matchAll(PATH)].flatMap(([, path = '']) => {
      const root = roots.get(path.split('/')[0] ?? '');
      return root === undefined || exists(root + path) ? [] : [`${page}: there is no ${root}${path}`];
    }),
  );
}

import { spawnSync } from 'node:child_process';

/**
 * Tells whether a clean clone has a path, or makes it (what git ignores). The folder itself can't say: it also holds
 * what earlier runs left behind.
 */
export function repositoryTree(): (path: string) => boolean {
  const listed = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' });
  if (listed.status !== 0) throw new Error(`git ls-files failed: ${listed.error?.message ?? listed.stderr}`);
  const paths = new Set(listed.stdout.split('\n').flatMap(withFolders));
  return (path) => paths.has(path) || spawnSync('git', ['check-ignore', '--quiet', `${path}/`]).status === 0;
}

function withFolders(path: string): string[] {
  const parts = path.split('/');
  return parts.map((_, at) => parts.slice(0, at + 1).join('/'));
}

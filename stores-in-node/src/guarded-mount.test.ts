/** PHP's access to mounted folders, without WordPress: tried from PHP, checked on disk. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PHP, setPhpIniEntries } from '@php-wasm/universal';
import { expect, onTestFinished, test } from 'vitest';
import { INI, loadRuntime, mountFolder, mountShared } from './php.ts';

interface Place {
  /** Host folder, mounted read-only at /shared. */
  shared: string;
  /** Mounted writable at /shared/own. */
  own: string;
  /** Not mounted. */
  outside: string;
  php: PHP;
  /** Runs PHP code; resolves with what it returns and its error output. */
  run: (code: string) => Promise<{ result: unknown; errors: string }>;
}

async function place(): Promise<Place> {
  const dir = mkdtempSync(join(tmpdir(), 'shopyard-guard-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const [shared, own, outside] = ['shared', 'own', 'outside'].map((name) => join(dir, name)) as [
    string,
    string,
    string,
  ];
  for (const folder of [join(shared, 'folder'), join(shared, 'empty'), join(shared, 'own'), own, outside])
    mkdirSync(folder, { recursive: true });
  writeFileSync(join(shared, 'file.php'), '<?php return "as it was";');
  writeFileSync(join(shared, 'folder/file.txt'), 'as it was');
  writeFileSync(join(own, 'file.txt'), 'own');
  writeFileSync(join(outside, 'secret.txt'), 'secret');
  for (const path of [shared, join(shared, 'file.php')]) utimesSync(path, 1000, 1000);
  const php = new PHP(await loadRuntime({}));
  onTestFinished(() => php.exit());
  await setPhpIniEntries(php, INI);
  await mountShared(php, '/shared', shared);
  await mountFolder(php, '/shared/own', { from: own, access: 'writable' });
  return {
    shared,
    own,
    outside,
    php,
    async run(code) {
      const { text, errors } = await php.run({
        code: `<?php echo json_encode((function () { ${code} })());`,
      });
      return { result: JSON.parse(text || 'null') as unknown, errors };
    },
  };
}

/** Digest of every name, mode, time, link and byte below a folder. */
function digestOf(folder: string): string {
  const hash = createHash('sha256');
  for (const name of ['.', ...readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted()]) {
    const path = join(folder, name);
    const stat = lstatSync(path);
    const content = stat.isFile() ? readFileSync(path) : stat.isSymbolicLink() ? readlinkSync(path) : '';
    hash.update(`${name} ${stat.mode} ${stat.mtimeMs} ${stat.size}\n`).update(content);
  }
  return hash.digest('hex');
}

const CHANGES = {
  'write a new file': `return file_put_contents('/shared/new.php', 'x');`,
  'write over a file': `return file_put_contents('/shared/file.php', 'x');`,
  append: `return file_put_contents('/shared/file.php', 'x', FILE_APPEND);`,
  'open to read and write': `return fopen('/shared/file.php', 'r+');`,
  'open and create': `return fopen('/shared/new.php', 'x+');`,
  'open where it is or create': `return fopen('/shared/file.php', 'c');`,
  truncate: `return fopen('/shared/file.php', 'w');`,
  unlink: `return unlink('/shared/file.php');`,
  'remove a folder': `return rmdir('/shared/empty');`,
  'rename within': `return rename('/shared/file.php', '/shared/other.php');`,
  'rename a folder': `return rename('/shared/folder', '/shared/other');`,
  'rename out': `return rename('/shared/file.php', '/shared/own/file.php');`,
  'rename in': `return rename('/shared/own/file.txt', '/shared/file.php');`,
  'rename in from memory': `file_put_contents('/tmp/x', 'x'); return rename('/tmp/x', '/shared/file.php');`,
  copy: `return copy('/shared/own/file.txt', '/shared/file.php');`,
  'make a folder': `return mkdir('/shared/new');`,
  symlink: `return symlink('/shared/own/file.txt', '/shared/new.php');`,
  link: `return link('/shared/own/file.txt', '/shared/new.php');`,
  chmod: `return chmod('/shared/file.php', 0777);`,
  'chmod of a folder': `return chmod('/shared', 0777);`,
  touch: `return touch('/shared/file.php');`,
  'touch of a new file': `return touch('/shared/new.php');`,
  'by way of the writable folder': `return file_put_contents('/shared/own/../folder/file.txt', 'x');`,
  'through a link in memory': `symlink('/shared/folder', '/tmp/way'); return file_put_contents('/tmp/way/file.txt', 'x');`,
  'unpack a zip': `$zip = new ZipArchive(); $zip->open('/tmp/x.zip', ZipArchive::CREATE); $zip->addFromString('file.php', 'x');
    $zip->close(); $zip->open('/tmp/x.zip'); return @$zip->extractTo('/shared');`,
  'a database': `try { (new SQLite3('/shared/new.sqlite'))->exec('create table t (c)'); return true; } catch (Exception) { return false; }`,
};

/** PHP copies the file, fails to remove the original, and reports success. */
const COPIES = new Set(['rename out']);

test('lets PHP change nothing in a read-only folder', async () => {
  const { shared, run } = await place();
  const before = digestOf(shared);
  for (const [change, code] of Object.entries(CHANGES)) {
    const { result } = await run(code);
    expect({ change, result }).toEqual({ change, result: COPIES.has(change) });
    expect(digestOf(shared), change).toBe(before);
  }
});

test('reports a read-only file system to PHP', async () => {
  const { run } = await place();
  for (const code of [CHANGES.unlink, CHANGES['make a folder'], CHANGES.chmod, CHANGES.symlink])
    expect((await run(code)).errors).toContain('Read-only file system');
});

test('lets PHP read a read-only folder and run its code', async () => {
  const { run } = await place();
  expect((await run(`return include '/shared/file.php';`)).result).toBe('as it was');
  expect((await run(`return array_values(array_diff(scandir('/shared'), ['.', '..']));`)).result).toEqual([
    'empty',
    'file.php',
    'folder',
    'own',
  ]);
});

test('lets PHP write to a writable folder inside a read-only one', async () => {
  const { own, run } = await place();
  const { result, errors } = await run(`
    mkdir('/shared/own/a/b', 0777, true);
    file_put_contents('/shared/own/a/b/new.txt', 'x');
    file_put_contents('/shared/own/a/b/new.txt', 'y', FILE_APPEND);
    rename('/shared/own/a/b/new.txt', '/shared/own/renamed.txt');
    rmdir('/shared/own/a/b');
    return [chmod('/shared/own/file.txt', 0600), touch('/shared/own/file.txt', 1000), unlink('/shared/own/file.txt')];`);
  expect(errors).toBe('');
  expect(result).toEqual([true, true, true]);
  expect(readFileSync(join(own, 'renamed.txt'), 'utf8')).toBe('xy');
  expect(readdirSync(own).toSorted()).toEqual(['a', 'renamed.txt']);
});

test('mounts a folder read-only by default', async () => {
  const { php, outside, run } = await place();
  const { createNodeFsMountHandler } = await import('@php-wasm/node');
  php.mkdir('/bare');
  await php.mount('/bare', createNodeFsMountHandler(outside));
  const before = digestOf(outside);
  expect((await run(`return @file_put_contents('/bare/secret.txt', 'x');`)).result).toBe(false);
  expect(digestOf(outside)).toBe(before);
});

test('lets PHP create no link, even in its own folder', async () => {
  const { own, outside, run } = await place();
  const before = digestOf(own);
  for (const target of [outside, '/etc/passwd', 'file.txt', '../outside/secret.txt', '/dev/zero']) {
    for (const call of ['symlink', 'link'])
      expect((await run(`return @${call}('${target}', '/shared/own/new');`)).result, `${call} ${target}`).toBe(false);
  }
  expect(digestOf(own)).toBe(before);
});

test('unpacks no link from a zip', async () => {
  const { own, run } = await place();
  const { result } = await run(`
    $zip = new ZipArchive();
    $zip->open('/tmp/x.zip', ZipArchive::CREATE);
    $zip->addFromString('way', '/etc/passwd');
    $zip->setExternalAttributesName('way', ZipArchive::OPSYS_UNIX, 0120777 << 16);
    $zip->close();
    $zip->open('/tmp/x.zip');
    return $zip->extractTo('/shared/own');`);
  expect(result).toBe(true);
  expect(lstatSync(join(own, 'way')).isFile()).toBe(true);
});

test('follows no existing link, but lets PHP remove it', async () => {
  const { own, outside, run } = await place();
  const before = digestOf(outside);
  symlinkSync(join(outside, 'secret.txt'), join(own, 'file'));
  symlinkSync(outside, join(own, 'folder'));
  symlinkSync('file.txt', join(own, 'beside'));
  symlinkSync(join(outside, 'new.txt'), join(own, 'dangling'));
  for (const path of ['file', 'folder/secret.txt', 'beside', 'dangling']) {
    const whole = `/shared/own/${path}`;
    for (const call of [
      `file_get_contents('${whole}')`,
      `readlink('/shared/own/${path.split('/')[0]}')`,
      `file_put_contents('${whole}', 'x')`,
      `chmod('${whole}', 0777)`,
      `touch('${whole}')`,
      `fopen('${whole}', 'r+')`,
    ])
      expect((await run(`return @${call};`)).result, call).toBe(false);
  }
  expect((await run(`return @scandir('/shared/own/folder');`)).result).toBe(false);
  expect(digestOf(outside)).toBe(before);
  expect(existsSync(join(outside, 'new.txt'))).toBe(false);
  const names = `['file', 'folder', 'beside', 'dangling']`;
  await run(`foreach (${names} as $name) unlink("/shared/own/$name");`);
  expect(readdirSync(own)).toEqual(['file.txt']);
  expect(digestOf(outside)).toBe(before);
});

test('lets PHP neither create nor open pipes and devices', async () => {
  const { own, php, run } = await place();
  execFileSync('mkfifo', [join(own, 'pipe')]);
  expect((await run(`return @fopen('/shared/own/pipe', 'r');`)).result).toBe(false);
  // PHP has no function for this, so call the operation below it.
  const fs = (await fileSystemOf(php)) as { mknod: (path: string, mode: number, device: number) => void };
  for (const kind of [0o010000, 0o020000, 0o060000, 0o120000, 0o140000])
    expect(() => fs.mknod('/shared/own/odd', kind | 0o666, 0), kind.toString(8)).toThrow(
      expect.objectContaining({ name: 'ErrnoError' }) as Error,
    );
  expect(existsSync(join(own, 'odd'))).toBe(false);
});

async function fileSystemOf(php: PHP): Promise<unknown> {
  const got = Promise.withResolvers<unknown>();
  const undo = await php.mount('/shared/own', (one, fs, point) => {
    got.resolve(fs);
    return () => void [one, point];
  });
  await undo();
  return got.promise;
}

test('guards PHP after a move to another runtime', async () => {
  const { php, shared, own, run } = await place();
  const before = digestOf(shared);
  await php.hotSwapPHPRuntime(await loadRuntime({}));
  expect((await run(`return @file_put_contents('/shared/file.php', 'x');`)).result).toBe(false);
  expect((await run(`return @file_put_contents('/shared/own/new.txt', 'x');`)).result).toBe(1);
  expect(digestOf(shared)).toBe(before);
  expect(readdirSync(own)).toContain('new.txt');
});

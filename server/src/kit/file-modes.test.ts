import { chmodSync, chownSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { startServerProcess, temporaryDir } from '@shopyard/testkit';
import { describe, expect, test } from 'vitest';
import { closeCache, closeDataDir } from './file-modes.ts';

const isRoot = process.getuid?.() === 0;
if (!isRoot) process.stderr.write("Skipping the tests of other users' folders: only root can create them.\n");
const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);
/** Entries of a folder on which anybody but the owner has one of these rights. */
const openIn = (folder: string, access = 0o077): string[] =>
  ['.', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })].filter(
    (name) => (statSync(join(folder, name)).mode & access) !== 0,
  );

/** An old data directory, from when everything was world-readable. */
function oldDataDir(dir: string): string {
  const dataDir = join(dir, 'data');
  for (const name of [
    'shopyard.db',
    'shopyard.db-wal',
    'simulator.kubeconfig',
    'helm/home/x',
    'volumes/a/wp-config.php',
  ]) {
    mkdirSync(dirname(join(dataDir, name)), { recursive: true });
    writeFileSync(join(dataDir, name), '');
    chmodSync(join(dataDir, name), 0o644);
  }
  for (const name of ['.', 'helm', 'helm/home', 'volumes', 'volumes/a']) chmodSync(join(dataDir, name), 0o755);
  return dataDir;
}

describe('the data directory', () => {
  test('closes an open directory and everything in it', () => {
    using dir = temporaryDir();
    const dataDir = oldDataDir(dir.path);
    closeDataDir(dataDir, false);
    expect(modeOf(dataDir)).toBe('700');
    expect(openIn(dataDir)).toEqual([]);
  });

  test("closes open files in a closed directory, except stores' files", () => {
    using dir = temporaryDir();
    const dataDir = oldDataDir(dir.path);
    chmodSync(dataDir, 0o700);
    closeDataDir(dataDir, false);
    expect(openIn(dataDir).filter((name) => !name.startsWith('volumes/'))).toEqual([]);
  });

  test("leaves a link's target alone", () => {
    using dir = temporaryDir();
    const dataDir = oldDataDir(dir.path);
    const outside = join(dir.path, 'outside');
    writeFileSync(outside, '');
    chmodSync(outside, 0o644);
    symlinkSync(outside, join(dataDir, 'volumes/link'));
    closeDataDir(dataDir, false);
    expect(modeOf(outside)).toBe('644');
  });

  test('is closed at startup, as is everything the server creates', { timeout: 30_000 }, async () => {
    using dir = temporaryDir();
    const dataDir = oldDataDir(dir.path);
    // An empty file is neither a database nor a kubeconfig, so the server creates both.
    await using server = await startServerProcess({ dataDir });
    expect(server.pid).toBeGreaterThan(0);
    expect(readdirSync(dataDir)).toEqual(
      expect.arrayContaining(['simulator.db', 'simulator.db-wal', 'shopyard.db-wal']),
    );
    expect(openIn(dataDir)).toEqual([]);
  });

  test.runIf(isRoot)("refuses another user's directory in one sentence, untouched", { timeout: 30_000 }, async () => {
    using dir = temporaryDir();
    const dataDir = oldDataDir(dir.path);
    chownSync(dataDir, 12_345, 12_345);
    const start = startServerProcess({ dataDir });
    await expect(start).rejects.toThrow(
      /ended with 1 before it was ready:\nshopyard: \S+ belongs to another user \(uid 12345\): set SHOPYARD_DATA_DIR to a folder of your own\n$/,
    );
    expect(modeOf(dataDir)).toBe('755');
    expect(readdirSync(dataDir)).not.toContain('server.pid');
  });

  /** Switches to the user of the platform's image; disposing returns to root. */
  const asUser = (uid: number): Disposable => {
    process.seteuid?.(uid);
    const { getuid } = process;
    process.getuid = () => uid;
    return {
      [Symbol.dispose]() {
        if (getuid) process.getuid = getuid;
        process.seteuid?.(0);
      },
    };
  };

  test.runIf(isRoot).each([
    { what: 'a volume for our group', mode: 0o2770, inPod: false, refused: false },
    { what: 'a volume that others may list', mode: 0o2775, inPod: false, refused: true },
    { what: 'a volume for all', mode: 0o2777, inPod: false, refused: true },
    { what: 'in a pod, a volume that others may list', mode: 0o2775, inPod: true, refused: false },
    { what: 'in a pod, a volume for all', mode: 0o2777, inPod: true, refused: false },
  ])('mounted by root, $what: refused $refused', ({ mode, inPod, refused }) => {
    using dir = temporaryDir();
    chmodSync(dir.path, 0o755);
    const dataDir = oldDataDir(dir.path);
    chownSync(dataDir, 0, 10_001);
    chmodSync(dataDir, mode);
    chownSync(join(dataDir, 'shopyard.db'), 10_001, 10_001);
    // The group from a pod's `fsGroup`.
    const groups = process.getgroups?.() ?? [];
    process.setgroups?.([...groups, 10_001]);
    try {
      using _user = asUser(10_001);
      const close = (): void => closeDataDir(dataDir, inPod);
      if (refused) expect(close).toThrow(/belongs to root and is open to other users/);
      else close();
    } finally {
      process.setgroups?.(groups);
    }
    // Closes our own file and leaves root's folder alone.
    expect(modeOf(join(dataDir, 'shopyard.db'))).toBe(refused ? '644' : '600');
    expect(statSync(dataDir).mode & 0o7777).toBe(mode);
  });
});

describe('the cache of code', () => {
  const oldCache = (dir: string, mode: number): string => {
    const cache = join(dir, 'shopyard');
    mkdirSync(join(cache, 'unpacked/wordpress'), { recursive: true });
    writeFileSync(join(cache, 'unpacked/wordpress/index.php'), '');
    chmodSync(join(cache, 'unpacked/wordpress/index.php'), 0o664);
    for (const name of ['unpacked/wordpress', 'unpacked', '.']) chmodSync(join(cache, name), mode);
    return cache;
  };

  test('makes everything read-only for others', () => {
    using dir = temporaryDir();
    const cache = oldCache(dir.path, 0o775);
    closeCache(cache);
    expect(openIn(cache, 0o022)).toEqual([]);
    expect(modeOf(join(cache, 'unpacked/wordpress/index.php'))).toBe('644');
  });

  test.runIf(isRoot)("refuses another user's cache", () => {
    using dir = temporaryDir();
    const cache = oldCache(dir.path, 0o755);
    chownSync(cache, 12_345, 12_345);
    expect(() => closeCache(cache)).toThrow(/can be changed by another user \(uid 12345\)/);
  });

  test('accepts a missing cache', () => {
    using dir = temporaryDir();
    closeCache(join(dir.path, 'none'));
    expect(readdirSync(dir.path)).toEqual([]);
  });
});

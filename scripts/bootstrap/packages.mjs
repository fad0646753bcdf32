/** Installs the packages with pnpm, Node 24 among them: the server's Node is pinned, whichever Node runs this. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { hashOf, once, ROOT, say, SetupError } from './shared.mjs';

const PNPM = 'pnpm@12.21.0';
const NODE_MAJOR = 24;
const MANIFESTS = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json'].concat(
  ['contracts', 'engines', 'sdk', 'testkit', 'server', 'client', 'simulator', 'scripts', 'stores-in-node'].map(
    (name) => `${name}/package.json`,
  ),
);

export async function ensurePackages() {
  const key = `${process.platform} ${process.arch} ${hashOf(MANIFESTS)}`;
  await once('packages', key, async () => {
    say('installing packages (about half a minute the first time)');
    // SHOPYARD_PNPM is a copy whose checksum was verified, as in the Dockerfile.
    const [file, ...args] = process.env.SHOPYARD_PNPM ? [process.env.SHOPYARD_PNPM] : ['npx', '--yes', PNPM];
    const code = await run(file, [...args, 'install', '--frozen-lockfile', '--reporter=append-only']);
    if (code !== 0)
      throw new SetupError('pnpm could not install the packages; see its output above. Is the npm registry reachable?');
    checkNode();
  });
}

/** Shows progress: one line every few seconds instead of all of pnpm's output. */
function run(file, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    const lines = [];
    let shown = 0;
    const show = (chunk) => {
      const found = String(chunk)
        .split('\n')
        .filter((line) => line.trim() !== '');
      lines.push(...found);
      const progress = found.findLast((line) => line.includes('Progress:') || line.includes('Done in'));
      if (!progress || Date.now() - shown < 2000) return;
      shown = Date.now();
      say(progress.trim());
    };
    child.stdout.on('data', show);
    child.stderr.on('data', show);
    child.once('error', () =>
      reject(new SetupError('npx was not found: install Node.js 20 or newer with npm, see https://nodejs.org')),
    );
    child.once('close', (code) => {
      if (code !== 0) console.error(lines.slice(-30).join('\n'));
      resolve(code);
    });
  });
}

/** Linux gets Node 24 as a package. Other platforms need to run this with it. */
function checkNode() {
  const own = join(ROOT, 'node_modules/.bin/node');
  const node = existsSync(own) ? own : process.execPath;
  const version = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout?.trim() ?? '';
  const major = Number(/^v(\d+)/.exec(version)?.[1] ?? 0);
  if (major >= NODE_MAJOR) return;
  throw new SetupError(
    `Shopyard needs Node ${NODE_MAJOR}, and npm has none for ${process.platform} ${process.arch}: install it from https://nodejs.org and run this again (found ${version || 'none'})`,
  );
}

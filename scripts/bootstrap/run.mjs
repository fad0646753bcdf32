/**
 * Runs first in every npm script: plain JavaScript without dependencies, for Node 20 or newer. Installs what is missing
 * (pnpm, packages, Node 24, helm), builds the dashboard if it changed, and runs the command.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureServer } from './bundle.mjs';
import { ensureClient } from './client.mjs';
import { ensureHelm } from './helm.mjs';
import { ensureKind } from './kind.mjs';
import { ensureMemoryDir } from './memory-dir.mjs';
import { ensurePackages } from './packages.mjs';
import { ROOT, SetupError } from './shared.mjs';

const bin = (name) => join(ROOT, 'node_modules/.bin', name);

/** These limits collect garbage earlier: half the memory after a busy minute, for no more processor time. */
const SERVER = ['node', '--max-semi-space-size=4', '--max-old-space-size=1024', 'server/dist/server-main.js'];

/** Caches compiled TypeScript: a server starts with a third less processor time. */
const COMPILED = { NODE_COMPILE_CACHE: join(ROOT, 'node_modules/.shopyard/compiled') };

const CLUSTER_SUITE = ['vitest', 'run', '--config', 'vitest.cluster.config.ts'];

/** The requirements of each command besides the packages, and the programs it runs; `whole` if no arguments are given, each whatever the others say. */
const COMMANDS = {
  start: {
    needs: [ensureHelm, ensureClient, ensureServer],
    run: [['node', 'stores-in-node/src/fetch-code.ts'], SERVER],
  },
  'start:kind': { needs: [ensureHelm, ensureClient, ensureServer, ensureKind], run: [SERVER] },
  demo: { needs: [ensureHelm, ensureClient, ensureServer], run: [['node', 'scripts/src/demo.ts']] },
  'record-demo': {
    needs: [ensureHelm, ensureClient, ensureServer],
    run: [['node', 'scripts/src/docs/record-demo.ts']],
  },
  screenshots: { needs: [ensureHelm, ensureClient, ensureServer], run: [['node', 'scripts/src/docs/screenshots.ts']] },
  ...Object.fromEntries(
    [
      'create-store',
      'plan-store',
      'update-store',
      'list-stores',
      'watch-stores',
      'suspend-store',
      'resume-store',
      'delete-store',
      'list-revisions',
      'rollback-store',
      'sign-in',
      'set-up',
      'export-audit',
    ].map((name) => [name, { needs: [], run: [['node', `scripts/src/${name}.ts`]] }]),
  ),
  build: { needs: [ensureClient, ensureServer], run: [] },
  test: { needs: [ensureHelm, ensureClient, ensureMemoryDir], run: [['vitest', 'run']] },
  'test:chaos': {
    needs: [ensureHelm, ensureClient, ensureMemoryDir],
    run: [['vitest', 'run', 'server/test/chaos']],
    env: { WALKS: '500', SLEEPERS: '200' },
  },
  'test:cluster': {
    needs: [ensureHelm, ensureClient],
    run: [CLUSTER_SUITE],
    whole: ['together', 'alone'].map((mode) => [...CLUSTER_SUITE, '--mode', mode]),
  },
  'install-medusa': { needs: [], run: [['node', 'scripts/src/setup/install-medusa.ts']] },
  'move-releases': { needs: [], run: [['node', 'server/src/move-releases.ts']] },
  'verify-audit': { needs: [], run: [['node', 'server/src/verify-audit.ts']] },
  'reset-admin': { needs: [], run: [['node', 'server/src/reset-admin.ts']] },
  bench: { needs: [ensureHelm, ensureClient, ensureServer], run: [['node', 'scripts/bench/main.ts']] },
  check: {
    needs: [],
    run: [
      ['tsc', '-b'],
      ['oxlint', '--type-aware', '--deny-warnings'],
      ['node', 'scripts/lint/main.ts'],
      ['prettier', '--check', '.'],
      ['knip'],
    ],
  },
};

/** Runs one program with this terminal and its signals; resolves with the exit code. */
function handOver([name, ...args], env) {
  return new Promise((resolve, reject) => {
    const child = spawn(bin(name), args, { cwd: ROOT, stdio: 'inherit', env });
    const pass = (signal) => child.kill(signal);
    process.on('SIGTERM', pass).on('SIGHUP', pass);
    // The terminal also sends Ctrl-C to the child, which decides when to exit.
    process.on('SIGINT', () => undefined);
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? (signal ? 130 : 1)));
  });
}

async function main() {
  const [name, ...args] = process.argv.slice(2);
  const command = COMMANDS[name];
  if (!command) throw new SetupError(`unknown command ${name}: one of ${Object.keys(COMMANDS).join(', ')}`);
  if (name === 'test:cluster' && !process.env.KUBECONFIG) {
    throw new SetupError('test:cluster needs KUBECONFIG: the cluster to run the end-to-end suite on');
  }
  await ensurePackages();
  const env = {
    ...COMPILED,
    ...command.env,
    ...process.env,
    PATH: `${join(ROOT, 'node_modules/.bin')}:${process.env.PATH}`,
  };
  for (const need of command.needs) Object.assign(env, await need(env));
  if (command.whole && args.length === 0) {
    const codes = [];
    for (const step of command.whole) codes.push(await handOver(step, env));
    return codes.find((code) => code !== 0) ?? 0;
  }
  for (const [index, step] of command.run.entries()) {
    const last = index === command.run.length - 1;
    const code = await handOver(last ? [...step, ...args] : step, env);
    if (code !== 0) return code;
  }
  return 0;
}

main().then(
  (code) => process.exit(code),
  (error) => {
    console.error(error instanceof SetupError ? `shopyard: ${error.message}` : error);
    process.exit(1);
  },
);

import { readdirSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './scripts/bootstrap/longest-first.mjs';

const FOLDER = 'server/test/e2e';
/**
 * They share a server, three at a time: they neither stop it nor configure it. The last ones ask the API server alone.
 */
const TOGETHER = [
  'drift',
  'hardened',
  'inspect',
  'lifecycle',
  'medusa',
  'merchant',
  'neighbours',
  'network',
  'operate',
  'order',
  'resize',
  'restart',
  'setup-killed',
  'sign-in',
  'suspend',
  'differential',
  'kubectl-differential',
  'least-privilege',
  'plan-property',
  'plan-refusals',
].map((name) => `${FOLDER}/${name}.test.ts`);
const ALL = readdirSync(FOLDER).map((name) => `${FOLDER}/${name}`);

process.env['SHOPYARD_TEST_CLUSTER'] = 'kubeconfig';

/**
 * The same end-to-end suite as in `npm test`, on the cluster of KUBECONFIG. Mode `together` has the files that share a
 * server, mode `alone` the others; without a mode each file has its own.
 */
export default defineConfig(({ mode }) => ({
  test: {
    include: mode === 'together' ? TOGETHER : mode === 'alone' ? ALL.filter((file) => !TOGETHER.includes(file)) : ALL,
    globalSetup: [
      'scripts/bootstrap/bundle.mjs',
      ...(mode === 'together' ? ['server/test/support/shared-server.ts'] : []),
    ],
    testTimeout: 10 * 60_000,
    hookTimeout: 60_000,
    // Most of what is polled is a kubectl, which takes a fifth of a second of a processor.
    expect: { poll: { timeout: 10_000, interval: 500 } },
    maxWorkers: mode === 'together' ? 3 : 1,
    sequence: { sequencer: LongestFirst },
  },
}));

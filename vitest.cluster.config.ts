import { defineConfig } from 'vitest/config';

/** The same end-to-end suite as in `npm test`, on the cluster of KUBECONFIG. */
export default defineConfig({
  test: {
    include: ['server/test/e2e/**/*.test.ts'],
    env: { SHOPYARD_TEST_CLUSTER: 'kubeconfig' },
    globalSetup: 'scripts/bootstrap/bundle.mjs',
    testTimeout: 10 * 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 10_000 } },
    maxWorkers: 1,
  },
});

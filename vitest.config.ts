import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{contracts,engines,sdk,testkit,server,client,simulator,scripts,stores-in-node}/**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    globalSetup: 'scripts/bootstrap/bundle.mjs',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 10_000 } },
    // Flow tests start processes of their own: with three workers on two cores they starve each other's servers.
    maxWorkers: 2,
    reporters: ['default'],
  },
});

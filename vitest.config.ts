import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{contracts,engines,sdk,testkit,server,client,simulator,scripts,stores-in-node}/**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 10_000 } },
    // Flow tests wait a third of their time for processes that they start: one worker more than two cores.
    maxWorkers: 3,
    reporters: ['default'],
  },
});

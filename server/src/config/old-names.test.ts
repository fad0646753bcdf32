import { describe, expect, test } from 'vitest';
import { startServerProcess, temporaryDir } from '@shopyard/testkit';
import { readConfig } from './config.ts';

describe('old names of settings', () => {
  test('sets the budget of the application by its old name, and says so', () => {
    const { budgets, notices } = readConfig({ SHOPYARD_STEP_SECONDS: 'database=7, wordpress=30' });
    expect(budgets).toEqual({ release: 120, database: 7, application: 30 });
    expect(notices).toEqual([expect.stringMatching(/^SHOPYARD_STEP_SECONDS: .*`application`/)]);
  });

  test('requires real embedded stores by the old name, and says so', () => {
    const { embeddedStores, notices } = readConfig({ SHOPYARD_EMBEDDED_STORES: 'wordpress' });
    expect(embeddedStores.mode).toBe('real');
    expect(notices).toEqual([expect.stringMatching(/^SHOPYARD_EMBEDDED_STORES: .*`real`/)]);
  });

  test('says nothing about current names', () => {
    const env = { SHOPYARD_STEP_SECONDS: 'application=30', SHOPYARD_EMBEDDED_STORES: 'simulated' };
    expect(readConfig(env)).toMatchObject({ budgets: { application: 30 }, notices: [] });
  });

  test('appear in the log when the server starts', async () => {
    using dir = temporaryDir();
    const env = { SHOPYARD_STEP_SECONDS: 'wordpress=30', SHOPYARD_LOG_LEVEL: 'warn' };
    await using server = await startServerProcess({ dataDir: dir.path, env });
    expect(server.log()).toContain('the step `wordpress` is called `application` now');
  });
});

/** A server with its dashboard and a browser, for all tests of a file. */
import { CHROMIUM, launchBrowser } from '@shopyard/testkit/browser';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, vi } from 'vitest';
import { startServer, type TestServer } from './server.ts';
import { type Visit, visitPage } from './visit.ts';

interface DashboardOptions {
  env?: Record<string, string>;
  /** Entry point of the server, if not its own. */
  main?: string;
  launch?: () => Promise<Browser>;
}

export interface Dashboard {
  readonly server: TestServer;
  readonly browser: Browser;
  /** Runs `use` on a page that shows the list. */
  readonly visit: (options: Visit, use: (page: Page) => Promise<void>) => Promise<void>;
  /** Creates a store; resolves with its id. */
  create(name: string, values?: object): Promise<string>;
  /** Resolves once the store is in this phase. */
  reach(id: string, phase: string): Promise<void>;
}

/** Starts both before the file's tests and stops them afterwards; nothing without a browser, which skips the tests. */
export function startDashboard({ env, main, launch = launchBrowser }: DashboardOptions = {}): Dashboard {
  let running: { server: TestServer; browser: Browser } | undefined;
  const get = (): { server: TestServer; browser: Browser } => {
    if (!running) throw new Error('the dashboard is not running yet');
    return running;
  };
  beforeAll(async () => {
    if (!CHROMIUM) return;
    const server = await startServer(env, main);
    running = { server, browser: await launch() };
  });
  afterAll(async () => {
    await running?.browser.close();
    await running?.server[Symbol.asyncDispose]();
  });
  return {
    get server() {
      return get().server;
    },
    get browser() {
      return get().browser;
    },
    visit: (options, use) => visitPage({ browser: get().browser, url: get().server.url }, options, use),
    create: async (name, values = {}) =>
      String((await get().server.call('POST', '/stores', { name, values })).body['id']),
    async reach(id, phase) {
      await vi.waitUntil(async () => (await get().server.call('GET', `/stores/${id}`)).body['phase'] === phase, {
        timeout: 60_000,
        interval: 200,
      });
    },
  };
}

/** A server with accounts, teams and their stores, and pages of those who are signed in. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startServerProcess } from '@shopyard/testkit';
import type { Role } from '@shopyard/contracts';
import type { Browser, Page } from 'playwright-core';
import { expect, vi } from 'vitest';

export const PASSWORD = 'a long enough one';
/** The first account. */
export const ADMIN = 'ann';

export interface Office extends AsyncDisposable {
  url: string;
  /** Sends a request as an administrator; resolves with the answer's JSON. */
  call(method: string, path: string, body?: object): Promise<Record<string, unknown>>;
  /** Creates a user, who chooses `PASSWORD`. */
  join(name: string, role: Role, team?: string): Promise<void>;
  /** Creates a store of the team, and resolves with its id once it is Ready. */
  open(name: string, team?: string): Promise<string>;
  /** Runs `use` on a page of a user who has just signed in. Fails the test on errors of the page, and on what it was refused. */
  visit(visitor: Visitor, use: (page: Page) => Promise<void>): Promise<void>;
}

interface Visitor {
  browser: Browser;
  name: string;
  path?: string;
  width?: number;
  colorScheme?: 'light' | 'dark';
  /** Errors of the console that belong to the test. */
  tolerate?: RegExp;
}

export async function startOffice(): Promise<Office> {
  const server = await startServerProcess({});
  const { url, dataDir } = server;
  const send = (path: string, body: object): Promise<Response> =>
    fetch(url + path, { method: 'POST', body: JSON.stringify(body) });
  const { code } = (await (await send('/set-up-codes', {})).json()) as { code: string };
  await send('/session', { setUp: code, name: ADMIN, password: PASSWORD });
  const headers = { Authorization: `Bearer ${readFileSync(join(dataDir, 'cli-token'), 'utf8').trim()}` };
  const call: Office['call'] = async (method, path, body) => {
    const response = await fetch(url + path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
    const answer = (await response.json()) as Record<string, unknown>;
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
    return answer;
  };
  return {
    url,
    call,
    async join(name, role, team = 'default') {
      const { code: invitation } = await call('POST', '/users', { name, role, team });
      await send('/session', { invitation, password: PASSWORD });
    },
    async open(name, team = 'default') {
      const id = String((await call('POST', '/stores', { name, team }))['id']);
      await vi.waitUntil(async () => (await call('GET', `/stores/${id}`))['phase'] === 'Ready', { timeout: 30_000 });
      return id;
    },
    async visit({ browser, name, path = '/stores', width = 1440, colorScheme = 'light', tolerate }, use) {
      const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
      const faults: string[] = [];
      try {
        const data = { name, password: PASSWORD };
        const signedIn = await context.request.post(`${url}/session`, { data, headers: { Origin: url } });
        expect(signedIn.status()).toBeLessThan(300);
        const page = await context.newPage();
        page.on('pageerror', (error) => faults.push(error.message));
        page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
        page.on('response', (response) => response.status() === 403 && faults.push(`refused: ${response.url()}`));
        await page.goto(url + path);
        await use(page);
      } finally {
        await context.close();
      }
      expect(faults.filter((fault) => !tolerate?.test(fault))).toEqual([]);
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

/** A page on which a first account is being set up, in a browser of its own. */
export async function openSetUp(browser: Browser, url: string): Promise<Page> {
  const answer = await fetch(`${url}/set-up-codes`, { method: 'POST' });
  const { code } = (await answer.json()) as { code: string };
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${url}/#/set-up?code=${code}`);
  return page;
}

/** Two Shopyards on one cluster: the dashboard says which stores it doesn't manage, and when the other takes over. */
import { readFileSync } from 'node:fs';
import { CHROMIUM, launchBrowser } from '@shopyard/testkit/browser';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AXE_REPORTS } from './support/axe.ts';
import { screenshot } from './support/browser.ts';
import { startCluster, type TestCluster } from './support/cluster.ts';
import { findFaults } from './support/looks.ts';
import { startServer, type TestServer } from './support/server.ts';
import { visitPage } from './support/visit.ts';

const LEASE = '/apis/coordination.k8s.io/v1/namespaces/shopyard/leases/shopyard';

let cluster: TestCluster;
let server: TestServer;
let browser: Browser;

/** Sends a request to the cluster; PATCH bodies are merge patches. */
async function call(method: string, path: string, body: object): Promise<void> {
  const url = /server: (\S+)/.exec(readFileSync(cluster.env['KUBECONFIG'] ?? '', 'utf8'))?.[1] ?? '';
  const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
  const response = await fetch(url + path, {
    method,
    headers: { 'Content-Type': type },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
}

/** Creates only the namespace of a store that belongs to the installation `in_other`. */
function createForeignStore(name: string, id: string): Promise<void> {
  const labels = {
    'shopyard.dev/store-id': id,
    'shopyard.dev/installation': 'in_other',
    'app.kubernetes.io/managed-by': 'shopyard',
  };
  const annotations = { 'shopyard.dev/store-name': name, 'shopyard.dev/engine': 'woocommerce' };
  const metadata = { name: `store-${name}`, labels, annotations };
  return call('POST', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata });
}

beforeAll(async () => {
  if (!CHROMIUM) return;
  cluster = await startCluster();
  await createForeignStore('alpha', 'st_00000000000000aa');
  await createForeignStore('beta', 'st_00000000000000bb');
  server = await startServer(cluster.env);
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await server?.[Symbol.asyncDispose]();
  await cluster?.[Symbol.asyncDispose]();
});

test.skipIf(!CHROMIUM)(
  "counts another installation's stores without listing them, and says how to adopt them",
  async () => {
    await visitPage({ browser, url: server.url }, {}, async (page) => {
      const banner = page.getByRole('complementary', { name: 'Unmanaged stores' });
      await expect.poll(() => banner.innerText()).toContain('2 unmanaged stores from in_other.');
      expect(await banner.locator('code').innerText()).toBe('SHOPYARD_ADOPT=in_other');
      expect(await page.locator('tr[data-row]').count()).toBe(0);
      expect(await page.getByText('Read-only.').count()).toBe(0);
      await screenshot(page, 'not-managed-light-1440');
    });
  },
);

test.skipIf(!CHROMIUM)('tells an open page that another Shopyard has taken over the cluster', async () => {
  await visitPage({ browser, url: server.url }, { tolerate: AXE_REPORTS }, async (page) => {
    await page.getByText('Live', { exact: true }).waitFor();
    await call('PATCH', LEASE, {
      spec: { holderIdentity: 'in_other/host,1,x', renewTime: new Date().toISOString().replace('Z', '000Z') },
    });
    const alert = page.getByRole('alert').filter({ hasText: 'Read-only.' });
    await alert.waitFor({ timeout: 40_000 });
    expect(await alert.innerText()).toMatch(/has gone to Shopyard in_other .*changes nothing there any more/);
    await page.getByRole('complementary', { name: 'Unmanaged stores' }).waitFor();
    expect(await findFaults(page)).toEqual([]);
  });
});

/**
 * A shop's usual neighbours on a real cluster: mail server, cert-manager, a phone's photos, plugins. One shared store.
 */
import { readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Store, StoreValues } from '@shopyard/contracts';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type MailServer, startMailServer } from '../support/mail-server.ts';
import { cookiesOf, logIn, type Open, placeOrder } from '../support/shopper.ts';
import { useSuite } from '../support/suite.ts';
import { PATIENCE_MS, REAL, uniqueName } from '../support/test-cluster.ts';

const PLUGIN = fileURLToPath(new URL('../support/merchant-plugin.php', import.meta.url));
const INGRESS_PORT = 80;
const LOGIN = { user: 'shop', password: 'post-office-7' };
const FROM = 'orders@shop.example.com';
/** The smallest picture; what follows its end is ignored. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const suite = useSuite();
const kubectl = (...args: string[]): Promise<string> => suite.tools.kubectl(...args);
let store: Store;
let mail: MailServer;
let values: StoreValues;

if (!REAL) process.stderr.write('Mail, certificates and uploads are tested on a real cluster only.\n');

describe.runIf(REAL)('a shop and its neighbours', () => {
  beforeAll(async () => {
    const { noOrders } = suite.cluster;
    if (noOrders) throw new Error(`A shop is needed here, and there is none: ${noOrders}.`);
    const address = await ownNodeAddress();
    mail = await startMailServer(address, LOGIN);
    values = { smtp: { host: address, port: mail.port, security: 'none', username: LOGIN.user, from: FROM } };
    store = await suite.create(uniqueName('neighbours'), values);
    // As docs/mail.md says: as soon as the namespace exists.
    const secret = [
      'secret',
      'generic',
      'store-smtp',
      '-n',
      store.namespace,
      `--from-literal=password=${LOGIN.password}`,
    ];
    await vi.waitFor(() => kubectl('create', ...secret), { timeout: 30_000, interval: 500 });
    await suite.settled(store.id, 1);
  }, PATIENCE_MS);

  afterAll(() => mail[Symbol.asyncDispose]());

  const open: Open = (path, visit) => suite.open(store.name, path, visit);
  const exec = (script: string): Promise<string> =>
    kubectl('exec', '-n', store.namespace, 'deployment/wordpress', '--', 'bash', '-c', script);

  test('order mail arrives with the sender and login from the values', async () => {
    await placeOrder(open);
    await expect.poll(() => mail.mails.flatMap(({ to }) => to), { timeout: 30_000 }).toContain('customer@example.com');
    const received = mail.mails.find(({ to }) => to.includes('customer@example.com'));
    expect(received).toMatchObject({ from: FROM, user: LOGIN.user });
    expect(received?.source).toMatch(/^Subject: .*order/im);
  });

  test('the password exists only in its Secret', async () => {
    const release = await suite.tools.helm('get', 'all', store.name, '-n', store.namespace);
    const objects = await kubectl('get', 'all,configmaps', '-n', store.namespace, '-o', 'yaml');
    for (const text of [release, objects, await exec('env')]) expect(text).not.toContain(LOGIN.password);
    for (const name of ['shopyard.db', 'shopyard.db-wal'])
      expect(readFileSync(join(suite.dataDir, name), 'latin1')).not.toContain(LOGIN.password);
  });

  test('wp-admin accepts an upload of 8 MB', async () => {
    const login = await suite.api.trpc.stores.credentials.mutate({ id: store.id });
    const Cookie = cookiesOf(await logIn(open, login));
    const { body: page } = await open('/wp-admin/media-new.php', { headers: { Cookie } });
    expect(page).toContain('Maximum upload file size: 64 MB');
    const nonce = /name="_wpnonce" value="(\w+)"/.exec(page)?.[1] ?? '';
    const form = new FormData();
    form.append('_wpnonce', nonce);
    form.append('name', 'photo.png');
    form.append('action', 'upload-attachment');
    form.append('async-upload', new Blob([PNG, Buffer.alloc(8_000_000)], { type: 'image/png' }), 'photo.png');
    const upload = new Response(form);
    const answer = await open('/wp-admin/async-upload.php', {
      method: 'POST',
      port: INGRESS_PORT,
      headers: { Cookie, 'Content-Type': upload.headers.get('content-type') ?? '' },
      body: new Uint8Array(await upload.arrayBuffer()),
    });
    expect(JSON.parse(answer.body)).toMatchObject({ success: true });
  });

  test("admits cert-manager's solver, reachable through the ingress controller, but no third Service of its kind", async () => {
    const labels = { 'acme.cert-manager.io/http01-solver': 'true' };
    const image = suite.cluster.images.find((name) => /shopyard\.test\/wordpress:7/.test(name)) ?? '';
    const token = 'token-1';
    const command = [
      'sh',
      '-c',
      `mkdir -p /tmp/.well-known/acme-challenge; printf proof > /tmp/.well-known/acme-challenge/${token}; exec php -S 0.0.0.0:8089 -t /tmp`,
    ];
    // The objects that cert-manager creates by default.
    const security = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
    const pod = {
      securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [{ name: 'acmesolver', image, command, securityContext: security, ports: [{ containerPort: 8089 }] }],
      terminationGracePeriodSeconds: 0,
    };
    const host = `${store.name}.localhost`;
    const backend = { service: { name: 'cm-acme-http-solver', port: { number: 8089 } } };
    const path = { path: `/.well-known/acme-challenge/${token}`, pathType: 'ImplementationSpecific', backend };
    const items = [
      { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'cm-acme-http-solver', labels }, spec: pod },
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'cm-acme-http-solver' },
        spec: { type: 'NodePort', selector: labels, ports: [{ port: 8089 }] },
      },
      {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'Ingress',
        metadata: { name: 'cm-acme-http-solver' },
        spec: { rules: [{ host, http: { paths: [path] } }] },
      },
    ];
    await suite.apply(store.namespace, JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
    await expect
      .poll(async () => (await open(path.path, { port: INGRESS_PORT })).body, { timeout: 60_000 })
      .toBe('proof');
    const nodePort = (name: string): Promise<string> =>
      kubectl('create', 'service', 'nodeport', name, '--tcp=8089', '-n', store.namespace);
    await nodePort('cm-acme-next');
    await expect(nodePort('third')).rejects.toThrow('exceeded quota');
  });

  test('stays open with a plugin that hides the login page, and Ready with variable products only', async () => {
    const plugin = readFileSync(PLUGIN).toString('base64');
    await exec(`base64 -d <<< ${plugin} > /var/www/html/wp-content/mu-plugins/merchant.php`);
    for (const what of ['hide-login', 'sell-by-size'])
      expect((await open(`/?merchant=${what}`)).body, what).toBe('done');
    expect((await open('/wp-login.php')).status).toBe(404);
    const { generation } = await suite.api.trpc.stores.update.mutate({
      id: store.id,
      values: { ...values, setup: { backoffLimit: 2 } },
    });
    await suite.settled(store.id, generation);
    const { conditions } = await suite.api.trpc.stores.get.query({ id: store.id });
    expect(conditions.find(({ type }) => type === 'StorefrontVerified')).toMatchObject({
      status: 'True',
      reason: 'Orderable',
      message: expect.stringMatching(/^Shirt .*can be ordered/) as string,
    });
    // Kubernetes would take the shop out of service 15 s after readiness fails.
    await expect(
      suite.stores.until('closed', (all) => all.some(({ id, phase }) => id === store.id && phase !== 'Ready'), 20_000),
    ).rejects.toThrow('not within');
    expect((await open('/', { port: INGRESS_PORT })).status).toBe(200);
  });
});

/** An address of both the node and this machine, where pods reach the test's server. */
async function ownNodeAddress(): Promise<string> {
  const addresses = await kubectl(
    'get',
    'nodes',
    '-o',
    "jsonpath={.items[*].status.addresses[?(@.type=='InternalIP')].address}",
  );
  const own = new Set(Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address)));
  const found = addresses.split(' ').find((address) => own.has(address));
  if (!found) throw new Error('No address of this machine is known to reach from the nodes.');
  return found;
}

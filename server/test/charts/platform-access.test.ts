/** Access to the dashboard that charts/platform installs. */
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { temporaryDir } from '@shopyard/testkit';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { toolsFor } from '../support/tools.ts';

const PLATFORM = fileURLToPath(new URL('../../../charts/platform', import.meta.url));
const PROXY = ['--values', join(PLATFORM, 'ci/proxy-values.yaml')];

interface Container {
  env: { name: string; value?: string; valueFrom?: object }[];
  ports: { name: string; containerPort: number }[];
  readinessProbe: { httpGet: { port: string } };
  livenessProbe: { httpGet: { port: string } };
  startupProbe: { httpGet: { port: string } };
}

interface Objects {
  kinds: string[];
  container: Container;
  servicePorts: string[];
  env: Map<string, string | object | undefined>;
}

async function render(...args: string[]): Promise<Objects> {
  using dir = temporaryDir();
  const rendered = await toolsFor('/dev/null', dir.path).helm('template', 'alpha', PLATFORM, ...args);
  const objects = parseAllDocuments(rendered).map((document) => document.toJS() as { kind: string; spec?: unknown });
  const specOf = (kind: string): unknown => objects.find((object) => object.kind === kind)?.spec;
  const { template } = specOf('Deployment') as { template: { spec: { containers: [Container] } } };
  const [container] = template.spec.containers;
  const { ports } = specOf('Service') as { ports: { name: string }[] };
  return {
    kinds: objects.map(({ kind }) => kind),
    container,
    servicePorts: ports.map(({ name }) => name),
    env: new Map(container.env.map(({ name, value, valueFrom }) => [name, value ?? valueFrom])),
  };
}

test('unauthenticated, the dashboard listens only on the pod’s loopback, with no Service or Ingress', async () => {
  const { kinds, container, servicePorts, env } = await render();
  expect(env.get('SHOPYARD_HOST')).toBe('127.0.0.1');
  expect(env.has('SHOPYARD_AUTH')).toBe(false);
  expect(container.ports).toEqual([{ name: 'health', containerPort: 3001 }]);
  expect(servicePorts).toEqual(['health']);
  expect(kinds).not.toContain('Ingress');
});

test('behind a proxy, it listens on all addresses and reads the shared secret from a Secret', async () => {
  const { kinds, servicePorts, env } = await render(...PROXY);
  expect(env.get('SHOPYARD_HOST')).toBe('0.0.0.0');
  expect(env.get('SHOPYARD_AUTH')).toBe('proxy');
  expect(env.get('SHOPYARD_AUTH_HEADER')).toBe('X-Auth-Request-Email');
  expect(env.get('SHOPYARD_AUTH_SECRET')).toEqual({ secretKeyRef: { name: 'shopyard-proxy', key: 'secret' } });
  expect(env.get('SHOPYARD_URL')).toBe('https://shopyard.example.com');
  expect(servicePorts).toEqual(['http', 'health']);
  expect(kinds).toContain('Ingress');
});

test.each([{ args: [] }, { args: PROXY }])('probes use the health port with $args', async ({ args }) => {
  const { container, env } = await render(...args);
  expect(env.get('SHOPYARD_HEALTH_PORT')).toBe('3001');
  for (const probe of [container.readinessProbe, container.livenessProbe, container.startupProbe])
    expect(probe.httpGet.port).toBe('health');
});

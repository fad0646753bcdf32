import { expect, test } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

test('without any variable the defaults of the documentation hold', () => {
  expect(readConfig({}, '/work')).toMatchObject({
    port: 3000,
    host: '127.0.0.1',
    dataDir: '/work/data',
    cluster: { kind: 'embedded', speed: 1 },
    helm: 'helm',
  });
});

test('an empty variable counts as absent', () => {
  expect(readConfig({ SHOPYARD_PORT: '', KUBECONFIG: '' }).port).toBe(3000);
});

test.each([
  [{ SHOPYARD_PORT: 'http' }, /SHOPYARD_PORT must be a port number/],
  [{ SHOPYARD_CLUSTER: 'kind' }, /SHOPYARD_CLUSTER must be embedded, kubeconfig or in-cluster/],
  [{ SHOPYARD_MAX_PARALLEL: '0' }, /SHOPYARD_MAX_PARALLEL must be at least 1/],
  [{ SHOPYARD_STORE_ROLE: 'x' }, /SHOPYARD_STORE_ROLE and SHOPYARD_SERVICE_ACCOUNT are set together/],
  [{ SHOPYARD_STORE_ROLE: 'x', SHOPYARD_SERVICE_ACCOUNT: 'y' }, /SHOPYARD_SERVICE_ACCOUNT must be NAMESPACE\/NAME/],
  [{ SHOPYARD_STORE_DOMAIN: 'https://x' }, /SHOPYARD_STORE_DOMAIN must be a domain/],
])('%o is refused by name', (env, message) => {
  expect(() => readConfig(env)).toThrow(ConfigError);
  expect(() => readConfig(env)).toThrow(message);
});

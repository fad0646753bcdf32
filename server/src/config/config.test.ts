import { expect, test } from 'vitest';
import { readConfig } from './config.ts';
import { ConfigError } from '../kit/config-error.ts';

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

const SECRET = 's'.repeat(32);

test.each([
  [{ SHOPYARD_AUTH: 'required' }, /SHOPYARD_AUTH must be proxy, or not set/],
  [{ SHOPYARD_AUTH: 'none' }, /SHOPYARD_AUTH must be proxy, or not set/],
  [{ SHOPYARD_AUTH: 'proxy' }, /SHOPYARD_AUTH=proxy needs SHOPYARD_AUTH_SECRET/],
  [{ SHOPYARD_AUTH: 'proxy', SHOPYARD_AUTH_SECRET: 's'.repeat(31) }, /SHOPYARD_AUTH_SECRET must have at least 32/],
  [{ SHOPYARD_AUTH_SECRET: SECRET }, /no effect without SHOPYARD_AUTH=proxy/],
  [{ SHOPYARD_AUTH: 'proxy', SHOPYARD_AUTH_SECRET: SECRET, SHOPYARD_INSECURE_NO_AUTH: '1' }, /contradicts/],
  [{ SHOPYARD_AUTH: 'proxy', SHOPYARD_AUTH_SECRET: SECRET, SHOPYARD_AUTH_HEADER: 'a b' }, /SHOPYARD_AUTH_HEADER/],
  [{ SHOPYARD_INSECURE_NO_AUTH: 'yes' }, /SHOPYARD_INSECURE_NO_AUTH must be 1 or 0/],
  [{ SHOPYARD_URL: 'shopyard.example.com' }, /SHOPYARD_URL must be an address/],
  [{ SHOPYARD_URL: 'https://shopyard.example.com/admin' }, /SHOPYARD_URL must be an address/],
  [{ SHOPYARD_URL: 'https://ann:pw@shopyard.example.com' }, /SHOPYARD_URL must be an address/],
  [{ SHOPYARD_HEALTH_PORT: '0' }, /SHOPYARD_HEALTH_PORT/],
])('%o does not start', (env, message) => {
  expect(() => readConfig(env)).toThrow(ConfigError);
  expect(() => readConfig(env)).toThrow(message);
});

test('a proxy is believed by its secret, and names users in the header that was chosen', () => {
  expect(readConfig({}).auth).toEqual({ kind: 'none' });
  expect(readConfig({ SHOPYARD_INSECURE_NO_AUTH: '1' }).auth).toEqual({ kind: 'insecure' });
  const env = { SHOPYARD_AUTH: 'proxy', SHOPYARD_AUTH_SECRET: SECRET };
  expect(readConfig(env).auth).toEqual({ kind: 'proxy', secret: SECRET, userHeader: 'x-forwarded-user' });
  expect(readConfig({ ...env, SHOPYARD_AUTH_HEADER: 'Remote-User' }).auth).toMatchObject({ userHeader: 'remote-user' });
});

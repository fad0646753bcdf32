import { expect, test } from 'vitest';
import { readConfig } from './config.ts';
import { ConfigError } from '../kit/config-error.ts';

test('uses the documented defaults when no variable is set', () => {
  expect(readConfig({}, '/work')).toMatchObject({
    port: 3000,
    host: '127.0.0.1',
    dataDir: '/work/data',
    cluster: { kind: 'embedded', speed: 1 },
    helm: 'helm',
  });
});

test('lets stores share the domain of the dashboard only if the operator says so, and keeps that it is shared', () => {
  const shared = { SHOPYARD_STORE_DOMAIN: 'shops.example.com', SHOPYARD_URL: 'https://shopyard.example.com' };
  expect(readConfig({ ...shared, SHOPYARD_SAME_SITE_STORES: '1' }).sameSite).toBe('example.com');
  const apart = { ...shared, SHOPYARD_STORE_DOMAIN: 'shops.example.net', SHOPYARD_SAME_SITE_STORES: '1' };
  expect(readConfig(apart)).not.toHaveProperty('sameSite');
});

test('treats an empty variable as absent', () => {
  expect(readConfig({ SHOPYARD_PORT: '', KUBECONFIG: '' }).port).toBe(3000);
});

test.each([
  {
    name: 'a port that is not a number',
    env: { SHOPYARD_PORT: 'http' },
    message: /SHOPYARD_PORT must be a port number/,
  },
  {
    name: 'an unknown kind of cluster',
    env: { SHOPYARD_CLUSTER: 'kind' },
    message: /SHOPYARD_CLUSTER must be embedded, kubeconfig or in-cluster/,
  },
  {
    name: 'no Helm slot at all',
    env: { SHOPYARD_MAX_PARALLEL: '0' },
    message: /SHOPYARD_MAX_PARALLEL must be at least 1/,
  },
  {
    name: 'a store role without an account',
    env: { SHOPYARD_STORE_ROLE: 'x' },
    message: /SHOPYARD_STORE_ROLE and SHOPYARD_SERVICE_ACCOUNT are set together/,
  },
  {
    name: 'a set-up token where nobody signs in',
    env: { SHOPYARD_SET_UP_CODE_FILE: 'code' },
    message: /SHOPYARD_SET_UP_CODE_FILE has no effect without SHOPYARD_AUTH=required/,
  },
  {
    name: "stores below the dashboard's registrable domain",
    env: { SHOPYARD_STORE_DOMAIN: 'shops.example.com', SHOPYARD_URL: 'https://shopyard.example.com' },
    message: /SHOPYARD_STORE_DOMAIN=\S+ and SHOPYARD_URL=\S+ share example\.com, .* SHOPYARD_SAME_SITE_STORES=1/,
  },
  {
    name: 'an account without a namespace',
    env: { SHOPYARD_STORE_ROLE: 'x', SHOPYARD_SERVICE_ACCOUNT: 'y' },
    message: /SHOPYARD_SERVICE_ACCOUNT must be NAMESPACE\/NAME/,
  },
  {
    name: 'a window without a time zone',
    env: { SHOPYARD_CHANGE_WINDOW: 'tue 02:00-04:00' },
    message:
      /SHOPYARD_CHANGE_WINDOW must be days, times and a time zone, such as mon-thu,sun 02:00-04:00 Europe\/Berlin$/,
  },
  {
    name: 'a window on days that are none',
    env: { SHOPYARD_CHANGE_WINDOW: 'mon-payday 02:00-04:00 Europe/Berlin' },
    message: /SHOPYARD_CHANGE_WINDOW must be .*: choose days such as mon, tue/,
  },
  {
    name: 'a window in a time zone that is none',
    env: { SHOPYARD_CHANGE_WINDOW: 'mon 02:00-04:00 Mars/Olympus' },
    message: /SHOPYARD_CHANGE_WINDOW must be .*: use the name of a time zone/,
  },
  {
    name: 'a URL as the domain',
    env: { SHOPYARD_STORE_DOMAIN: 'https://x' },
    message: /SHOPYARD_STORE_DOMAIN must be a domain/,
  },
  {
    name: 'a budget without seconds',
    env: { SHOPYARD_STEP_SECONDS: 'database' },
    message: /SHOPYARD_STEP_SECONDS has `database`, which is not STEP=SECONDS/,
  },
  {
    name: "a default's step without seconds",
    env: { SHOPYARD_STEP_SECONDS: 'release' },
    message: /SHOPYARD_STEP_SECONDS has `release`/,
  },
  {
    name: 'a budget with two values',
    env: { SHOPYARD_STEP_SECONDS: 'database=3=4' },
    message: /SHOPYARD_STEP_SECONDS has `database=3=4`/,
  },
  {
    name: 'an empty budget',
    env: { SHOPYARD_STEP_SECONDS: 'database=' },
    message: /SHOPYARD_STEP_SECONDS has `database=`/,
  },
  {
    name: 'a step named twice',
    env: { SHOPYARD_STEP_SECONDS: 'database=3,database=4' },
    message: /SHOPYARD_STEP_SECONDS names the step database twice/,
  },
  {
    name: 'an unknown step',
    env: { SHOPYARD_STEP_SECONDS: 'setup=3' },
    message: /SHOPYARD_STEP_SECONDS must be seconds per step/,
  },
  {
    name: 'a budget that is no number',
    env: { SHOPYARD_STEP_SECONDS: 'database=soon' },
    message: /SHOPYARD_STEP_SECONDS.database must be seconds/,
  },
])('rejects $name and names the variable', ({ env, message }) => {
  expect(() => readConfig(env)).toThrow(ConfigError);
  expect(() => readConfig(env)).toThrow(message);
});

const SECRET = 's'.repeat(32);

test.each([
  {
    name: 'an unknown kind of authentication',
    env: { SHOPYARD_AUTH: 'password' },
    message: /SHOPYARD_AUTH must be proxy or required, or not set/,
  },
  {
    name: 'SHOPYARD_AUTH=none',
    env: { SHOPYARD_AUTH: 'none' },
    message: /SHOPYARD_AUTH must be proxy or required, or not set/,
  },
  {
    name: 'a trusted proxy that is no network',
    env: { SHOPYARD_TRUSTED_PROXIES: '10.0.0.0/8, 10.0.0.1' },
    message: /SHOPYARD_TRUSTED_PROXIES must be networks such as/,
  },
  {
    name: 'a sign-in that is required and not asked for',
    env: { SHOPYARD_AUTH: 'required', SHOPYARD_INSECURE_NO_AUTH: '1' },
    message: /SHOPYARD_INSECURE_NO_AUTH=1 contradicts SHOPYARD_AUTH=required/,
  },
  {
    name: 'proxy authentication without a secret',
    env: { SHOPYARD_AUTH: 'proxy' },
    message: /SHOPYARD_AUTH=proxy needs SHOPYARD_AUTH_SECRET/,
  },
  {
    name: 'a secret of 31 characters',
    env: { SHOPYARD_AUTH: 'proxy', SHOPYARD_AUTH_SECRET: 's'.repeat(31) },
    message: /SHOPYARD_AUTH_SECRET must have at least 32/,
  },
  {
    name: 'a secret without proxy authentication',
    env: { SHOPYARD_AUTH_SECRET: SECRET },
    message: /no effect without SHOPYARD_AUTH=proxy/,
  },
  {
    name: 'the opt-out with proxy authentication',
    env: { SHOPYARD_AUTH: 'proxy', SHOPYARD_AUTH_SECRET: SECRET, SHOPYARD_INSECURE_NO_AUTH: '1' },
    message: /contradicts/,
  },
  {
    name: 'a header name with a space',
    env: { SHOPYARD_AUTH: 'proxy', SHOPYARD_AUTH_SECRET: SECRET, SHOPYARD_AUTH_HEADER: 'a b' },
    message: /SHOPYARD_AUTH_HEADER/,
  },
  {
    name: 'an opt-out other than 1 or 0',
    env: { SHOPYARD_INSECURE_NO_AUTH: 'yes' },
    message: /SHOPYARD_INSECURE_NO_AUTH must be 1 or 0/,
  },
  {
    name: 'a public URL without a scheme',
    env: { SHOPYARD_URL: 'shopyard.example.com' },
    message: /SHOPYARD_URL must be an address/,
  },
  {
    name: 'a public URL with a path',
    env: { SHOPYARD_URL: 'https://shopyard.example.com/admin' },
    message: /SHOPYARD_URL must be an address/,
  },
  {
    name: 'a public URL with a password',
    env: { SHOPYARD_URL: 'https://ann:pw@shopyard.example.com' },
    message: /SHOPYARD_URL must be an address/,
  },
  { name: 'a random health port', env: { SHOPYARD_HEALTH_PORT: '0' }, message: /SHOPYARD_HEALTH_PORT/ },
])('refuses to start with $name', ({ env, message }) => {
  expect(() => readConfig(env)).toThrow(ConfigError);
  expect(() => readConfig(env)).toThrow(message);
});

test("takes the proxy's secret and user header from the environment", () => {
  expect(readConfig({}).auth).toEqual({ kind: 'none' });
  expect(readConfig({ SHOPYARD_TRUSTED_PROXIES: '10.0.0.0/8, fd00::/8' }).trustedProxies).toEqual([
    '10.0.0.0/8',
    'fd00::/8',
  ]);
  expect(readConfig({ SHOPYARD_AUTH: 'required' }).auth).toEqual({ kind: 'required' });
  expect(readConfig({ SHOPYARD_INSECURE_NO_AUTH: '1' }).auth).toEqual({ kind: 'insecure' });
  const env = { SHOPYARD_AUTH: 'proxy', SHOPYARD_AUTH_SECRET: SECRET };
  expect(readConfig(env).auth).toEqual({ kind: 'proxy', secret: SECRET, userHeader: 'x-forwarded-user' });
  expect(readConfig({ ...env, SHOPYARD_AUTH_HEADER: 'Remote-User' }).auth).toMatchObject({ userHeader: 'remote-user' });
});

test.each([
  { text: 'tue,thu 02:00-04:00 Europe/Berlin', days: ['tue', 'thu'] },
  { text: 'FRI-MON 02:00-04:00 Europe/Berlin', days: ['fri', 'sat', 'sun', 'mon'] },
  { text: 'mon-tue,sun 02:00-04:00 Europe/Berlin', days: ['mon', 'tue', 'sun'] },
])('reads the window $text', ({ text, days }) => {
  const { changeWindow } = readConfig({ SHOPYARD_CHANGE_WINDOW: text });
  expect(changeWindow).toEqual({ days, from: '02:00', to: '04:00', tz: 'Europe/Berlin' });
});

import { expect, test } from 'vitest';
import { proxyFor } from './proxy-for.ts';

const PROXY = 'http://proxy:3128';

test.each([
  { address: 'https://api.example.com', env: { HTTPS_PROXY: PROXY }, proxy: PROXY },
  { address: 'https://api.example.com', env: { https_proxy: 'proxy:3128' }, proxy: PROXY },
  { address: 'https://api.example.com', env: { HTTP_PROXY: PROXY }, proxy: undefined },
  { address: 'http://api.example.com', env: { HTTP_PROXY: PROXY }, proxy: PROXY },
  { address: 'https://127.0.0.1:6443', env: { HTTPS_PROXY: PROXY }, proxy: undefined },
  { address: 'https://localhost:6443', env: { HTTPS_PROXY: PROXY }, proxy: undefined },
  { address: 'https://[::1]:6443', env: { HTTPS_PROXY: PROXY }, proxy: undefined },
  { address: 'https://api.example.com', env: { HTTPS_PROXY: PROXY, NO_PROXY: '*' }, proxy: undefined },
  { address: 'https://api.example.com', env: { HTTPS_PROXY: PROXY, NO_PROXY: 'x, example.com' }, proxy: undefined },
  { address: 'https://api.example.com', env: { HTTPS_PROXY: PROXY, no_proxy: '.example.com' }, proxy: undefined },
  { address: 'https://example.com', env: { HTTPS_PROXY: PROXY, NO_PROXY: '.example.com' }, proxy: PROXY },
  { address: 'https://badexample.com', env: { HTTPS_PROXY: PROXY, NO_PROXY: 'example.com' }, proxy: PROXY },
  { address: 'https://example.com:6443', env: { HTTPS_PROXY: PROXY, NO_PROXY: 'example.com:443' }, proxy: PROXY },
  { address: 'https://10.1.2.3:6443', env: { HTTPS_PROXY: PROXY, NO_PROXY: '10.0.0.0/8' }, proxy: undefined },
  { address: 'https://11.1.2.3:6443', env: { HTTPS_PROXY: PROXY, NO_PROXY: '10.0.0.0/8,10.1.2.3' }, proxy: PROXY },
])('$address with $env is reached by $proxy', ({ address, env, proxy }) => {
  expect(proxyFor(address, env)).toBe(proxy);
});

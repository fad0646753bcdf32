import { expect, test } from 'vitest';
import { simulatedReport } from './setup-report.ts';

test.each([
  {
    name: 'a shop',
    image: 'wordpress:7.1-php8.3-apache',
    enabled: 'true',
    says: { woocommerce: '11.0.1', wordpress: '7.1', php: '8.3', woocommerce_db: '11.0.1' },
  },
  {
    name: 'plain WordPress from a mirror with a port',
    image: 'registry.example.com:5000/wordpress:6.9',
    enabled: 'false',
    says: { wordpress: '6.9' },
  },
])('a simulated setup reports the versions of $name', ({ image, enabled, says }) => {
  const env = [
    { name: 'WOOCOMMERCE_ENABLED', value: enabled },
    { name: 'WOOCOMMERCE_VERSION', value: '11.0.1' },
  ];
  expect(JSON.parse(simulatedReport({ name: 'setup', image, env }) ?? '')).toEqual(says);
});

test('no other container reports versions', () => {
  expect(simulatedReport({ name: 'prepare', image: 'wordpress:7.1' })).toBeUndefined();
});

import { expect, test } from 'vitest';
import { redactYaml } from './redact-release.ts';

test.each([
  ['kind: Secret\ndata:\n  key: aHVudGVyMg==\n', 'kind: Secret\ndata:\n  key: "[redacted]"\n'],
  ['env:\n  - name: DB_PASSWORD\n    value: hunter2\n', 'env:\n  - name: DB_PASSWORD\n    value: "[redacted]"\n'],
  ['mariadb:\n  rootPassword: hunter2\n', 'mariadb:\n  rootPassword: "[redacted]"\n'],
  ['apiKey: hunter2\n', 'apiKey: "[redacted]"\n'],
])('%j is hidden', (text, hidden) => {
  expect(redactYaml(text)).toBe(hidden);
});

test.each([
  '# a comment stays\nsize: small\n',
  'credentials:\n  existingSecret: ""\n',
  'env:\n  - name: WORDPRESS_DB_PASSWORD\n    valueFrom:\n      secretKeyRef:\n        key: mariadb-password\n',
  'key: wordpress-password\n',
  'tls:\n  secretName: store-tls\n',
])('%j stays', (text) => {
  expect(redactYaml(text)).toBe(text);
});

import { expect, test } from 'vitest';
import { redactYaml } from './redact-release.ts';

test.each([
  {
    name: "a Secret's data",
    text: 'kind: Secret\ndata:\n  key: aHVudGVyMg==\n',
    hidden: 'kind: Secret\ndata:\n  key: "[redacted]"\n',
  },
  {
    name: 'an environment variable',
    text: 'env:\n  - name: DB_PASSWORD\n    value: hunter2\n',
    hidden: 'env:\n  - name: DB_PASSWORD\n    value: "[redacted]"\n',
  },
  {
    name: 'a password',
    text: 'mariadb:\n  rootPassword: hunter2\n',
    hidden: 'mariadb:\n  rootPassword: "[redacted]"\n',
  },
  { name: 'an API key', text: 'apiKey: hunter2\n', hidden: 'apiKey: "[redacted]"\n' },
])('redacts $name', ({ text, hidden }) => {
  expect(redactYaml(text)).toBe(hidden);
});

test.each([
  { name: 'comments', text: '# a comment stays\nsize: small\n' },
  { name: 'empty values', text: 'credentials:\n  existingSecret: ""\n' },
  {
    name: 'references to Secrets',
    text: 'env:\n  - name: WORDPRESS_DB_PASSWORD\n    valueFrom:\n      secretKeyRef:\n        key: mariadb-password\n',
  },
  { name: 'keys of Secrets', text: 'key: wordpress-password\n' },
  { name: 'names of Secrets', text: 'tls:\n  secretName: store-tls\n' },
  { name: 'names of existing Secrets', text: 'smtp:\n  existingSecret: store-smtp\n' },
])('keeps $name', ({ text }) => {
  expect(redactYaml(text)).toBe(text);
});

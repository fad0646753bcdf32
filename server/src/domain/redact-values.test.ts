import { expect, test } from 'vitest';
import { redactObject, redactValues, restoreRedacted } from './redact-values.ts';

const VALUES = {
  store: { title: 'Mugs' },
  smtp: { existingSecret: 'store-smtp', password: 'hunter2', token: '' },
  list: [{ apiKey: 'hunter3', name: 'a' }],
  annotations: { 'x-token': 'hunter4' },
};
const SHOWN = {
  store: { title: 'Mugs' },
  smtp: { existingSecret: 'store-smtp', password: '[redacted]', token: '' },
  list: [{ apiKey: '[redacted]', name: 'a' }],
  annotations: { 'x-token': '[redacted]' },
};

test('redacts secrets by name, in maps and lists; keeps names of Secrets and empty values', () => {
  expect(redactValues(VALUES)).toEqual(SHOWN);
});

test('a redacted value that is sent back keeps the present one; another replaces it', () => {
  expect(restoreRedacted(SHOWN, VALUES)).toEqual(VALUES);
  expect(restoreRedacted({ smtp: { password: 'other' } }, VALUES)).toEqual({ smtp: { password: 'other' } });
});

test('what only looks redacted stays', () => {
  expect(restoreRedacted({ store: { title: '[redacted]' } }, VALUES)).toEqual({ store: { title: '[redacted]' } });
  expect(restoreRedacted({ password: '[redacted]' }, {})).toEqual({ password: '[redacted]' });
});

test("of an object, a Secret's data and the values of secret environment variables are hidden as well", () => {
  expect(redactObject({ kind: 'Secret', data: { user: 'YQ==' }, stringData: { key: 'b' } })).toEqual({
    kind: 'Secret',
    data: { user: '[redacted]' },
    stringData: { key: '[redacted]' },
  });
  const env = [
    { name: 'DB_PASSWORD', value: 'hunter2' },
    { name: 'DB_PASSWORD', valueFrom: { secretKeyRef: { key: 'mariadb-password' } } },
    { name: 'DB_HOST', value: 'mariadb' },
  ];
  expect(redactObject({ kind: 'ConfigMap', data: { apiKey: 'hunter3', 'setup.php': 'x' }, spec: { env } })).toEqual({
    kind: 'ConfigMap',
    data: { apiKey: '[redacted]', 'setup.php': 'x' },
    spec: { env: [{ name: 'DB_PASSWORD', value: '[redacted]' }, env[1], env[2]] },
  });
});

import { expect, test } from 'vitest';
import { troubleOf } from './trouble.ts';

const failure = (code: string, message = ''): Error => Object.assign(new Error(message), { code });

test.each([
  ['a full disk', failure('SQLITE_FULL'), 'full'],
  ['a failing disk', failure('SQLITE_IOERR_READ'), 'failing'],
  ['a database that is moved away', failure('SQLITE_READONLY_DBMOVED'), 'read-only'],
  ['a full disk behind a rollback', failure('SQLITE_ERROR', 'cannot rollback - no transaction is active'), 'full'],
])('recognizes %s', (_what, error, trouble) => {
  expect(troubleOf(error)).toBe(trouble);
});

test.each([
  ['a name that is taken', failure('SQLITE_CONSTRAINT_UNIQUE')],
  ['an error without a code', new Error('SQLITE_FULL')],
  ['no error', undefined],
])('%s is no trouble', (_what, error) => {
  expect(troubleOf(error)).toBeUndefined();
});

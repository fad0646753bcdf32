import { expect, test } from 'vitest';
import { accessLine, causeIn } from './access-log.ts';

const AT = new Date('2026-11-24T13:05:07Z');
const asked = { method: 'GET', url: '/shop/', httpVersion: '1.1', headers: {} };

test('writes the combined format', () => {
  const headers = { referer: 'http://a.localhost/', 'user-agent': 'kube-probe/1.31' };
  expect(accessLine({ ...asked, headers }, { status: 200, bytes: 'body' }, AT)).toBe(
    '127.0.0.1 - - [24/Nov/2026:13:05:07 +0000] "GET /shop/ HTTP/1.1" 200 4 "http://a.localhost/" "kube-probe/1.31"',
  );
  expect(accessLine(asked, { status: 404, bytes: '' }, AT)).toMatch(/ 404 0 "-" "-"$/);
});

test('escapes what would end a field or a line', () => {
  const headers = { 'user-agent': 'a" 500 0 "\\\n127.0.0.1' };
  expect(accessLine({ ...asked, url: '/"', headers }, { status: 200, bytes: '' }, AT)).toMatch(
    / "GET \/\\" HTTP\/1\.1" 200 0 "-" "a\\" 500 0 \\"\\\\\\x0a127\.0\.0\.1"$/,
  );
});

test.each([
  {
    what: 'a page',
    type: 'text/html; charset=UTF-8',
    bytes: '<title>Error</title><style>p{}</style><h1>Error</h1>\n<p>No  <b>database</b></p>',
    cause: 'Error No database',
  },
  {
    what: "WordPress's API",
    type: 'application/json',
    bytes: new TextEncoder().encode('{"code":"db_error","message":"No database"}'),
    cause: 'db_error: No database',
  },
  { what: 'JSON that is none', type: 'application/json', bytes: '<p>x</p>', cause: '' },
  { what: 'an empty page', type: undefined, bytes: '', cause: '' },
  { what: 'a long page', type: 'text/plain', bytes: 'x'.repeat(1000), cause: 'x'.repeat(300) },
])('finds the cause in $what', ({ type, bytes, cause }) => {
  expect(causeIn({ status: 500, type, bytes })).toBe(cause);
});

import { describe, expect, test } from 'vitest';
import { isContinued, isProbe, levelOf } from './log-level.ts';

const access = (status: number, agent = 'Mozilla/5.0'): string =>
  `10.0.0.1 - - [26/Nov/2026:07:06:43 +0000] "GET /shop/ HTTP/1.1" ${status} 5316 "-" "${agent}"`;

describe('levelOf', () => {
  test.each([
    {
      from: 'Apache',
      text: '[Thu Nov 26 07:06:43.123456 2026] [php:error] [pid 31] [client 1.2.3.4:5] x',
      level: 'error',
    },
    { from: 'Apache', text: '[Thu Nov 26 07:06:43.123456 2026] [core:warn] [pid 1] AH00098', level: 'warning' },
    { from: 'Apache', text: '[mpm_prefork:notice] Apache/2.4 configured -- resuming normal operations', level: 'info' },
    { from: 'Apache, an alert', text: '[Thu Nov 26 07:06:43 2026] [core:alert] [pid 1] x', level: 'error' },
    { from: 'PHP', text: 'PHP Fatal error:  Uncaught Error: Call to undefined function x()', level: 'error' },
    { from: 'PHP with a time', text: '[26-Nov-2026 07:06:43 UTC] PHP Parse error:  syntax error', level: 'error' },
    { from: 'PHP', text: 'PHP Warning:  Undefined variable $error', level: 'warning' },
    { from: 'PHP', text: 'PHP Deprecated:  Function x() is deprecated', level: 'info' },
    { from: 'MariaDB', text: '2026-11-26  7:06:43 0 [ERROR] Aborting', level: 'error' },
    { from: 'MariaDB', text: '2026-11-26  7:06:43 3 [Warning] Aborted connection 3', level: 'warning' },
    { from: 'its entrypoint', text: '2026-11-26 07:06:43+00:00 [Note] [Entrypoint]: started.', level: 'info' },
    { from: 'nginx', text: '2026/11/26 07:06:43 [crit] 31#31: *1 connect() failed', level: 'error' },
    { from: 'nginx', text: '2026/11/26 07:06:43 [warn] 31#31: conflicting server name', level: 'warning' },
    { from: 'pino', text: '{"level":50,"time":1,"msg":"x"}', level: 'error' },
    { from: 'pino', text: '{"level":30,"msg":"an error"}', level: 'info' },
    { from: 'JSON with a word', text: '{"severity":"WARNING","message":"x"}', level: 'warning' },
    { from: 'nginx as JSON', text: '{"request":"GET /","status":"502"}', level: 'error' },
    { from: 'an access line', text: access(500), level: 'error' },
    { from: 'an access line', text: access(404), level: 'warning' },
    { from: 'an access line', text: access(302), level: 'info' },
    { from: 'the common format', text: '127.0.0.1 - - [x] "GET / HTTP/1.1" 503 -', level: 'error' },
    { from: 'a prefix', text: 'Error: connect ECONNREFUSED', level: 'error' },
    { from: 'a prefix', text: 'wp-cli warning: x', level: 'warning' },
    { from: 'plain text', text: 'Complete! WordPress has been copied without error', level: undefined },
    { from: 'a number in plain text', text: 'copied 500 files', level: undefined },
    { from: 'broken JSON', text: '{"level":50', level: undefined },
    { from: 'an empty line', text: '', level: undefined },
  ])('$from: $text', ({ text, level }) => {
    expect(levelOf(text)).toBe(level);
  });

  test('stays fast on hostile lines', () => {
    const lines = ['['.repeat(1e6), '" 500 '.repeat(1e5), 'PHP '.repeat(1e5), ' '.repeat(1e6), `{${'['.repeat(1e5)}`];
    const from = performance.now();
    for (const line of lines) levelOf(line);
    expect(performance.now() - from).toBeLessThan(500);
  });
});

test('knows probes by the user agent of the kubelet', () => {
  expect(isProbe(access(200, 'kube-probe/1.31'))).toBe(true);
  expect(isProbe(access(200))).toBe(false);
});

test.each(['#0 /var/www/html/x.php(1): y()', '  thrown in x.php', 'Stack trace:', '\tat Object.<anonymous>'])(
  'sees that "%s" continues a line',
  (text) => expect([isContinued(text), isContinued(`x${text}`)]).toEqual([true, false]),
);

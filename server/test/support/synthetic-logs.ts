/**
 * Logs for the synthetic server. Each container's starts with SYNTHETIC_LINES numbered lines and goes on with
 * SYNTHETIC_LINE_RATE a second. With SYNTHETIC_SIDECAR there is a second container, whose log has what filters are for.
 */
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LogEvent, LogLine, StoreParts } from '@shopyard/contracts';
import type { StoreService, Tracked } from '@shopyard/contracts/services';

const LINES = Number(process.env['SYNTHETIC_LINES'] ?? 10_000);
const RATE = Number(process.env['SYNTHETIC_LINE_RATE'] ?? 20);
const TICK_MS = 50;
const SIDECAR = 'sidecar';
const PROBES = 120;
const MINUTE_MS = 60_000;

const container = { name: 'wordpress', init: false, ready: true, restarts: 0, state: 'running' as const };
const pod = {
  name: 'wordpress-0',
  component: 'wordpress',
  phase: 'Running',
  ready: true,
  restarts: 0,
  createdAt: '2026-01-01T00:00:00Z',
};

export function partsOf(): StoreParts {
  const containers = process.env['SYNTHETIC_SIDECAR'] ? [container, { ...container, name: SIDECAR }] : [container];
  return { pods: [{ ...pod, containers }], workloads: [], claims: [] };
}

/** Of the last two hours. */
function sidecarLines(now: number): LogLine[] {
  const ago = (minutes: number, text: string): LogLine => ({
    at: new Date(now - minutes * MINUTE_MS).toISOString(),
    text,
  });
  const probe = '10.42.0.1 - - [26/Nov/2026:07:00:00 +0000] "GET /ready HTTP/1.1" 200 35 "-" "kube-probe/1.31"';
  return [
    ...Array.from({ length: PROBES }, (_, index) => ago(PROBES - index, probe)),
    ago(
      90,
      "2026-11-26  7:06:43 3 [Warning] Aborted connection 3 to db: 'shop' (Got timeout reading communication packets)",
    ),
    ago(3, 'PHP Fatal error:  Uncaught Error: Call to undefined function shop_price() in /var/www/html/shop.php:12'),
    ago(3, 'Stack trace:'),
    ago(3, '#0 /var/www/html/index.php(3): require()'),
    ago(3, '10.42.0.7 - - [26/Nov/2026:07:06:43 +0000] "GET /shop/ HTTP/1.1" 500 46 "-" "Mozilla/5.0"'),
    ago(2, `${'a'.repeat(40)} ${'An unusually long line, which is cut off or wrapped. '.repeat(12)}`),
    ago(1, '{"level":30,"msg":"listening"}'),
  ].toSorted((one, other) => (one.at < other.at ? -1 : 1));
}

export const logs: StoreService['logs'] = async function* (
  input,
  { lastEventId, signal },
): AsyncGenerator<Tracked<LogEvent>> {
  if (input.container === SIDECAR) {
    const all = sidecarLines(Date.now()).filter(({ at }) => input.since === undefined || at >= input.since);
    yield { id: '1', data: { type: 'lines', lines: all } };
    if (!signal.aborted) await once(signal, 'abort');
    return;
  }
  let n = Number(lastEventId ?? 0);
  if (lastEventId) yield { id: lastEventId, data: { type: 'resumed', since: lastEventId } };
  const lines = (count: number): Tracked<LogEvent> => {
    const made = Array.from({ length: count }, () => ({
      at: new Date(1.8e12 + n).toISOString(),
      text: `GET /?line=${n++} 200`,
    }));
    return { id: String(n), data: { type: 'lines', lines: made } };
  };
  if (!lastEventId) yield lines(LINES);
  for (;;) {
    await sleep(TICK_MS);
    yield lines(Math.round((RATE * TICK_MS) / 1000));
  }
};

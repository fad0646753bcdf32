import { CONDITION_TYPES, PHASES, type Store } from '@shopyard/contracts';
import { expect, test } from 'vitest';
import { CLOSED_PAGE, INTERRUPTED_PAGE, waitingPage } from './waiting-page.ts';

const store = {
  name: 'alpha',
  namespace: 'store-alpha',
  reason: 'ImageNotFound',
  message:
    'Image registry.example.com/wordpress:9 not found (container wordpress). Correct wordpress.image. Last output: secret',
  conditions: CONDITION_TYPES.map((type) => ({ type, status: 'False', reason: 'NotReady', message: 'mariadb' })),
} as unknown as Store;

const REVEALING = [...PHASES, ...CONDITION_TYPES, 'ImageNotFound', 'NotReady', 'CrashLoop', 'OutOfMemory'];
const WORDS =
  /alpha|mariadb|wordpress|database|namespace|image|registry|step|release|helm|kubernetes|pod\b|log\b|secret/i;

test.each(PHASES.flatMap((phase) => [undefined, '2026-01-01T00:00:00.000Z'].map((readyAt) => ({ phase, readyAt }))))(
  "reveals neither the shop's internals nor its problem: %j",
  ({ phase, readyAt }) => {
    const suspended = phase === 'Suspended';
    const { html, text: plain = '' } = waitingPage({
      ...store,
      phase,
      suspended,
      ...(readyAt === undefined ? {} : { readyAt }),
    });
    const text = `${html}${plain}`.replaceAll(/<style>.*?<\/style>|<[^>]*>/gs, ' ');
    expect(REVEALING.filter((word) => text.includes(word))).toEqual([]);
    expect(text).not.toMatch(WORDS);
  },
);

test('announces a new shop, an interruption of one that was open, and the absence of a deleted one', () => {
  const shown = (given: Parameters<typeof waitingPage>[0]): [number, string | undefined] => {
    const { status, html } = waitingPage(given);
    return [status, /<h1>(.*)<\/h1>/.exec(html)?.[1]];
  };
  expect(shown({ phase: 'Failed' })).toEqual([503, 'This shop opens soon']);
  expect(shown({ phase: 'Failed', readyAt: '2026-01-01T00:00:00.000Z' })).toEqual([503, 'Back in a moment']);
  expect(shown({ phase: 'Deleting', readyAt: '2026-01-01T00:00:00.000Z' })).toEqual([404, 'No shop at this address']);
  const suspended = { phase: 'Suspended', readyAt: '2026-01-01T00:00:00.000Z', suspended: true } as const;
  expect(shown(suspended)).toEqual([503, 'This shop is closed at the moment']);
  expect(waitingPage(suspended).html).not.toContain('http-equiv');
  expect(shown(undefined)).toEqual([404, 'No shop at this address']);
  expect([INTERRUPTED_PAGE.status, CLOSED_PAGE.status]).toEqual([502, 503]);
  expect(CLOSED_PAGE).toMatchObject({ text: 'No shop is open here.\n', retryAfter: 30 });
});

import { expect, test } from 'vitest';
import { boundsOf, readLogParams } from './log-params.ts';

test('reads what the address says, and ignores what it does not know', () => {
  const { filter, range, wrap, previous } = readLogParams(
    new URLSearchParams(
      'q=a&not=b&regex=1&only=0&level=warning,loud&probes=1&last=2h&from=yesterday&wrap=0&previous=1',
    ),
  );
  expect(filter).toEqual({ include: 'a', exclude: 'b', regex: true, only: false, levels: ['warning'], probes: true });
  expect([range, wrap, previous]).toEqual([{}, false, true]);
});

test('hides probes and other lines by default', () => {
  const { filter, range, wrap } = readLogParams(new URLSearchParams('last=5m'));
  expect(filter).toEqual({ include: '', exclude: '', regex: false, only: true, levels: [], probes: false });
  expect([range.last, wrap]).toEqual(['5m', undefined]);
});

test('moves the latest minutes with the clock, and keeps both ends of a range', () => {
  expect(boundsOf({ last: '5m' }, 1_000_000)).toEqual({ from: 700_000, to: Infinity });
  expect(boundsOf({}, 0)).toEqual({ from: -Infinity, to: Infinity });
  const [from, to] = ['2026-11-26T07:00:00Z', '2026-11-26T08:00:00Z'];
  expect(boundsOf({ from, to }, 0)).toEqual({ from: Date.parse(from), to: Date.parse(to) });
});

import type { LogEvent } from '@shopyard/contracts';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FilteredLog, type LogFilter, NO_FILTER } from './filtered-log.ts';
import { MAX_LINES } from './log-buffer.ts';
import { createMatcher, type Match } from './match-lines.ts';
import type { Answered } from './regex-worker.ts';
import type { StartWorker } from './worker-matcher.ts';

const line = (text: string, second = 0): LogEvent => ({
  type: 'lines',
  lines: [{ at: new Date(second * 1000).toISOString(), text }],
});
const lines = (count: number, text = 'x'): LogEvent => ({
  type: 'lines',
  lines: Array.from({ length: count }, (_, index) => ({ at: '2026-01-01T00:00:00Z', text: `${text} ${index}` })),
});
const PROBE = '"GET / HTTP/1.1" 200 0 "-" "kube-probe/1.31"';

/** Answers each batch in a later turn, as a worker does; never if it `hangs`. */
function workerOf(hangs: boolean): StartWorker {
  return ({ onAnswer }) => {
    let match: (text: string) => Match = createMatcher(NO_FILTER);
    let isOver = false;
    const answer = (answered: Answered): void => void setTimeout(() => isOver || onAnswer(answered), 0);
    return {
      end: () => (isOver = true),
      ask(asked) {
        if ('search' in asked) {
          match = createMatcher(asked.search);
          answer({ ready: true });
        } else if (!hangs) answer({ number: asked.number, matches: asked.texts.map(match) });
      },
    };
  };
}

function createLog(hangs = false): {
  log: FilteredLog;
  shown: () => string[];
  filter: (change: Partial<LogFilter>) => void;
} {
  const log = new FilteredLog({ startWorker: workerOf(hangs), schedule: (notify) => notify() });
  return {
    log,
    shown: () => log.snapshot().rows.map(({ text }) => text),
    filter: (change) => log.setFilter({ ...NO_FILTER, ...change }),
  };
}

describe('filters', () => {
  test.each<{ what: string; filter: Partial<LogFilter>; shown: string[] }>([
    { what: 'nothing', filter: {}, shown: ['PHP Warning:  a', PROBE, 'b', 'PHP Fatal error:  a'] },
    { what: 'by text', filter: { include: 'php' }, shown: ['PHP Warning:  a', 'PHP Fatal error:  a'] },
    { what: 'out by text', filter: { exclude: 'php' }, shown: [PROBE, 'b'] },
    { what: 'by level', filter: { levels: ['error', 'warning'] }, shown: ['PHP Warning:  a', 'PHP Fatal error:  a'] },
    { what: 'out probes', filter: { probes: false }, shown: ['PHP Warning:  a', 'b', 'PHP Fatal error:  a'] },
    {
      what: 'out what is not searched',
      filter: { include: 'b', only: false },
      shown: ['PHP Warning:  a', PROBE, 'b', 'PHP Fatal error:  a'],
    },
  ])('$what, before and after lines arrive', ({ filter: change, shown: expected }) => {
    for (const isBefore of [true, false]) {
      const { log, shown, filter } = createLog();
      if (isBefore) filter(change);
      for (const text of ['PHP Warning:  a', PROBE, 'b', 'PHP Fatal error:  a']) log.append('a', line(text));
      if (!isBefore) filter(change);
      expect(shown()).toEqual(expected);
      expect(log.snapshot()).toMatchObject({ total: 4, probes: 1 });
    }
  });

  test('keeps marks, so that gaps stay visible', () => {
    const { log, shown, filter } = createLog();
    filter({ include: 'nothing', levels: ['error'] });
    log.append('a', line('x'));
    log.append('a', { type: 'resumed', since: '' });
    expect(shown()).toEqual([expect.stringContaining('connection was lost')]);
  });

  test('lists matches in order, with their places', () => {
    const { log, filter } = createLog();
    filter({ include: 'b', only: false });
    log.append('a', line('b later', 2));
    log.append('z', line('ab', 1));
    const { matches } = log.snapshot();
    expect(matches.map((row) => [row.text, log.rangesOf(row)])).toEqual([
      ['ab', [1, 2]],
      ['b later', [0, 1]],
    ]);
  });

  test('shows the same, whether lines or the filter came first', async () => {
    const filters = fc.record({
      include: fc.constantFrom('', 'a', 'b'),
      exclude: fc.constantFrom('', 'c'),
      regex: fc.boolean(),
      only: fc.boolean(),
      levels: fc.constantFrom([], ['error' as const]),
      probes: fc.boolean(),
    });
    const arrivals = fc.array(
      fc.tuple(fc.constantFrom('p', 'q'), fc.nat(9), fc.constantFrom('a', 'ab', 'bc', 'Error: c', PROBE)),
      { maxLength: 30 },
    );
    await fc.assert(
      fc.asyncProperty(arrivals, filters, async (all, chosen) => {
        const [early, late] = [createLog(), createLog()];
        early.log.setFilter(chosen);
        for (const { log } of [early, late])
          for (const [source, second, text] of all) log.append(source, line(text, second));
        late.log.setFilter(chosen);
        await expect.poll(() => early.shown(), { interval: 1 }).toEqual(late.shown());
        const match = createMatcher(chosen);
        const expected = late.log.all.filter(
          ({ text, probe, level }) =>
            (chosen.probes || !probe) &&
            (chosen.levels.length === 0 || chosen.levels.includes(level as 'error')) &&
            !match(text).excluded &&
            (!chosen.only || match(text).included),
        );
        await expect.poll(() => late.shown(), { interval: 1 }).toEqual(expected.map(({ text }) => text));
      }),
      { numRuns: 60 },
    );
  });
});

describe('bounds', () => {
  test('drops the oldest lines of a full log from what is shown', () => {
    const { log, filter } = createLog();
    filter({ include: 'x' });
    log.append('a', lines(MAX_LINES));
    log.append('a', lines(5, 'y'));
    const { rows, matches, total, dropped } = log.snapshot();
    expect([rows.length, matches.length, total, dropped]).toEqual([MAX_LINES - 5, MAX_LINES - 5, MAX_LINES, 5]);
    expect(rows[0]?.text).toBe('x 5');
  });

  test('keeps the rows while they are held, counts what arrives, and shows it afterwards', () => {
    const { log, shown } = createLog();
    log.append('a', lines(2));
    log.hold();
    log.append('a', lines(3, 'y'));
    expect([shown(), log.snapshot().waiting]).toEqual([['x 0', 'x 1'], 3]);
    log.release();
    expect([shown().length, log.snapshot().waiting]).toEqual([5, 0]);
  });

  test('keeps no more than a full log and what replaces it while held', () => {
    const { log } = createLog();
    log.hold();
    for (let round = 0; round < 100; round += 1) log.append('a', lines(1000, String(round)));
    log.release();
    const { total, dropped, rows } = log.snapshot();
    expect([total, dropped, rows.at(-1)?.text]).toEqual([MAX_LINES, 90_000, '99 999']);
  });

  test('filters 10,000 lines and 2,000 new ones a second in a small part of that second', () => {
    const { log, filter } = createLog();
    filter({ include: 'x 1', exclude: '99', probes: false });
    log.append('a', lines(MAX_LINES));
    const from = performance.now();
    for (let round = 0; round < 40; round += 1) log.append('a', lines(50));
    expect(performance.now() - from).toBeLessThan(200);
  });
});

describe('expressions', () => {
  test('shows matching lines once the worker has answered', async () => {
    const { log, shown, filter } = createLog();
    log.append('a', lines(5000));
    filter({ include: ' (10|4999)$', regex: true });
    await expect.poll(shown).toEqual(['x 10', 'x 4999']);
    log.append('a', lines(11, 'y'));
    await expect.poll(shown).toEqual(['x 10', 'x 4999', 'y 10']);
  });

  test('gives up an expression that takes too long, says so and shows all lines', async () => {
    const { log, shown, filter } = createLog(true);
    log.append('a', lines(3));
    filter({ include: '(x+)+$', regex: true });
    await expect.poll(() => log.snapshot().slow, { timeout: 5000 }).toBe(true);
    log.append('a', lines(2));
    expect(shown()).toHaveLength(5);
    filter({ include: 'x 2', regex: false });
    expect([shown(), log.snapshot().slow]).toEqual([['x 2'], false]);
  });
});

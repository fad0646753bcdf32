import type { ChangeWindow } from '@shopyard/contracts';
import { expect, test } from 'vitest';
import { dueOfChange, isOpen, nextOpening, openingOf } from './change-window.ts';

const BERLIN: ChangeWindow = { tz: 'Europe/Berlin', days: ['tue', 'thu'], from: '02:00', to: '04:00' };
const NIGHT: ChangeWindow = { ...BERLIN, days: ['sat'], from: '22:00', to: '03:00' };
const EVERY_DAY: ChangeWindow['days'] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const at = (text: string): Date => new Date(text);

/** 2 June 2026 is a Tuesday; summer time, so 02:00 there is 00:00 in UTC. */
test.each<{ what: string; window: ChangeWindow; now: string; open: boolean }>([
  { what: 'before', window: BERLIN, now: '2026-06-01T23:59:59.999Z', open: false },
  { what: 'at its beginning', window: BERLIN, now: '2026-06-02T00:00:00.000Z', open: true },
  { what: 'within', window: BERLIN, now: '2026-06-02T01:59:59.999Z', open: true },
  { what: 'at its end', window: BERLIN, now: '2026-06-02T02:00:00.000Z', open: false },
  { what: 'on another day', window: BERLIN, now: '2026-06-03T01:00:00.000Z', open: false },
  { what: 'on its second day', window: BERLIN, now: '2026-06-04T01:00:00.000Z', open: true },
  { what: 'in winter, an hour later in UTC', window: BERLIN, now: '2026-12-01T00:30:00.000Z', open: false },
  { what: 'in winter', window: BERLIN, now: '2026-12-01T01:30:00.000Z', open: true },
  { what: 'before midnight', window: NIGHT, now: '2026-06-06T20:30:00.000Z', open: true },
  { what: 'after midnight, on a day that it doesn’t name', window: NIGHT, now: '2026-06-07T00:59:00.000Z', open: true },
  { what: 'the night before', window: NIGHT, now: '2026-06-06T00:30:00.000Z', open: false },
  { what: 'the night after', window: NIGHT, now: '2026-06-07T21:00:00.000Z', open: false },
])('a window is open=$open $what', ({ window, now, open }) => {
  expect(isOpen(window, at(now))).toBe(open);
  expect(openingOf(window, at(now)) === undefined).toBe(open);
});

test.each<{ what: string; window: ChangeWindow; now: string; opens: string }>([
  { what: 'today', window: BERLIN, now: '2026-06-01T23:00:00.000Z', opens: '2026-06-02T00:00:00.000Z' },
  { what: 'later than now', window: BERLIN, now: '2026-06-02T00:00:00.000Z', opens: '2026-06-04T00:00:00.000Z' },
  { what: 'next week', window: BERLIN, now: '2026-06-04T12:00:00.000Z', opens: '2026-06-09T00:00:00.000Z' },
  { what: 'in winter', window: BERLIN, now: '2026-10-25T12:00:00.000Z', opens: '2026-10-27T01:00:00.000Z' },
])('it opens $what', ({ window, now, opens }) => {
  expect(nextOpening(window, at(now)).toISOString()).toBe(opens);
});

/** On 29 March 2026 the clocks go from 02:00 to 03:00, on 25 October from 03:00 back to 02:00. */
test('the hour that the clocks skip shortens a window, and a window within it opens the day after', () => {
  const early: ChangeWindow = { ...BERLIN, days: EVERY_DAY, from: '02:30', to: '04:00' };
  expect(isOpen(early, at('2026-03-29T00:59:00.000Z'))).toBe(false);
  expect(isOpen(early, at('2026-03-29T01:00:00.000Z'))).toBe(true);
  expect(isOpen(early, at('2026-03-29T02:00:00.000Z'))).toBe(false);
  const skipped: ChangeWindow = { ...early, from: '02:10', to: '02:50' };
  for (const time of ['2026-03-29T00:30:00.000Z', '2026-03-29T01:00:00.000Z', '2026-03-29T12:00:00.000Z'])
    expect(isOpen(skipped, at(time)), time).toBe(false);
  expect(nextOpening(skipped, at('2026-03-28T12:00:00.000Z')).toISOString()).toBe('2026-03-30T00:10:00.000Z');
});

test('the hour that comes twice lengthens a window, which opens once', () => {
  const window: ChangeWindow = { ...BERLIN, days: EVERY_DAY, from: '02:00', to: '03:00' };
  expect(isOpen(window, at('2026-10-25T00:00:00.000Z'))).toBe(true);
  expect(isOpen(window, at('2026-10-25T01:59:00.000Z'))).toBe(true);
  expect(isOpen(window, at('2026-10-25T02:00:00.000Z'))).toBe(false);
  expect(nextOpening(window, at('2026-10-25T00:00:00.000Z')).toISOString()).toBe('2026-10-26T01:00:00.000Z');
});

test('a change begins while the window is open or none is left, and follows a window that is another', () => {
  const waiting = { notBefore: '2026-06-02T00:00:00.000Z', tz: 'Europe/Berlin' };
  const before = at('2026-06-01T12:00:00.000Z');
  const berlin = { window: BERLIN };
  expect(dueOfChange(waiting, berlin, before)).toBeUndefined();
  expect(dueOfChange(waiting, berlin, at('2026-06-02T00:00:05.000Z'))).toBe('start');
  expect(dueOfChange(waiting, { window: undefined }, before)).toBe('start');
  // Nobody was there to begin it.
  const missed = { notBefore: '2026-06-04T00:00:00.000Z', tz: 'Europe/Berlin' };
  expect(dueOfChange(waiting, berlin, at('2026-06-02T05:00:00.000Z'))).toEqual(missed);
  const tokyo = { notBefore: '2026-06-01T17:00:00.000Z', tz: 'Asia/Tokyo' };
  expect(dueOfChange(waiting, { window: { ...BERLIN, tz: 'Asia/Tokyo' } }, before)).toEqual(tokyo);
});

test('a change of a suspended store begins with no window, and is left to the resume by one that opens', () => {
  const waiting = { notBefore: '2026-06-02T00:00:00.000Z', tz: 'Europe/Berlin' };
  const before = at('2026-06-01T12:00:00.000Z');
  const asleep = { window: BERLIN, suspended: true };
  expect(dueOfChange(waiting, asleep, before)).toBeUndefined();
  expect(dueOfChange(waiting, asleep, at('2026-06-02T00:00:05.000Z'))).toEqual({});
  expect(dueOfChange({}, asleep, before)).toBeUndefined();
  expect(dueOfChange({}, { ...asleep, window: undefined }, before)).toBeUndefined();
});

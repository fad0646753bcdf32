import type { Expiry, Schedule } from '@shopyard/contracts';
import { describe, expect, test } from 'vitest';
import { checkSchedule, dueOf, warnedAt } from './calendar.ts';

const NIGHTS: Schedule = {
  tz: 'Europe/Berlin',
  sleep: '0 20 * * *',
  wake: '0 7 * * *',
  since: '2026-06-01T12:00:00.000Z',
};
const at = (text: string): Date => new Date(text);

describe('a schedule', () => {
  test.each<{ what: string; now: string; suspended: boolean; type: string | undefined }>([
    { what: 'nothing before the first time', now: '2026-06-01T17:59:59.999Z', suspended: false, type: undefined },
    { what: 'sleep at the time itself', now: '2026-06-01T18:00:00.000Z', suspended: false, type: 'suspend' },
    { what: 'nothing of a store that sleeps', now: '2026-06-01T19:00:00.000Z', suspended: true, type: undefined },
    { what: 'a wake in the morning', now: '2026-06-02T05:00:00.000Z', suspended: true, type: 'resume' },
    { what: 'the latest of many missed times', now: '2026-06-20T18:30:00.000Z', suspended: false, type: 'suspend' },
    { what: 'nothing if the latest is as it is', now: '2026-06-20T10:00:00.000Z', suspended: false, type: undefined },
  ])('asks for $what', ({ now, suspended, type }) => {
    expect(dueOf({ schedule: NIGHTS, suspended }, at(now))?.type).toBe(type);
  });

  test('asks for nothing that a later call has overtaken', () => {
    const woken = { ...NIGHTS, since: '2026-06-01T19:00:00.000Z' };
    expect(dueOf({ schedule: woken }, at('2026-06-01T23:00:00.000Z'))).toBeUndefined();
    expect(dueOf({ schedule: woken }, at('2026-06-02T18:00:00.000Z'))?.type).toBe('suspend');
  });

  test('follows the clocks of its time zone, in winter and in summer', () => {
    const winter = { ...NIGHTS, since: '2026-01-10T12:00:00.000Z' };
    expect(dueOf({ schedule: winter }, at('2026-01-10T18:30:00.000Z'))).toBeUndefined();
    expect(dueOf({ schedule: winter }, at('2026-01-10T19:00:00.000Z'))?.type).toBe('suspend');
  });

  test.each<{ change: Partial<Schedule>; issues: string[] }>([
    { change: {}, issues: [] },
    { change: { sleep: '0 20 * * MON-FRI' }, issues: [] },
    { change: { tz: 'Mars/Olympus' }, issues: ['tz: use the name of a time zone, such as Europe/Berlin'] },
    { change: { tz: '' }, issues: ['tz: use the name of a time zone, such as Europe/Berlin'] },
    { change: { wake: '0 20 * * *' }, issues: ['wake: use other times than those of sleep'] },
    { change: { sleep: '0 0 31 2 *' }, issues: ['sleep: this time never comes'] },
    {
      change: { sleep: 'at dusk', wake: '0 0 7 * * *' },
      issues: ['sleep', 'wake'].map(
        (field) => `${field}: write minute, hour, day of the month, month and day of the week, such as 0 20 * * 1-5`,
      ),
    },
  ])('with $change has the issues $issues', ({ change, issues }) => {
    expect(checkSchedule({ ...NIGHTS, ...change }).map(({ field, message }) => `${field}: ${message}`)).toEqual(issues);
  });
});

describe('an expiry', () => {
  const expiry: Expiry = { at: '2026-06-10T12:00:00.000Z', action: 'delete' };
  test.each<{ what: string; now: string; given?: Partial<Expiry>; due: object | undefined }>([
    { what: 'nothing long before', now: '2026-06-07T11:59:59.999Z', due: undefined },
    {
      what: 'a warning three days before',
      now: '2026-06-07T12:00:00.000Z',
      due: { type: 'warn', expiry: { ...expiry, warned: 3 } },
    },
    { what: 'it once', now: '2026-06-08T12:00:00.000Z', given: { warned: 3 }, due: undefined },
    {
      what: 'another a day before',
      now: '2026-06-09T12:00:00.000Z',
      given: { warned: 3 },
      due: { type: 'warn', expiry: { ...expiry, warned: 1 } },
    },
    {
      what: 'the latest warning alone if both were missed',
      now: '2026-06-10T11:00:00.000Z',
      due: { type: 'warn', expiry: { ...expiry, warned: 1 } },
    },
    {
      what: 'the end',
      now: '2026-06-10T12:00:00.000Z',
      given: { warned: 1 },
      due: { type: 'expire', action: 'delete' },
    },
    {
      what: 'the end without a warning if that was missed',
      now: '2026-07-01T12:00:00.000Z',
      due: { type: 'expire', action: 'delete' },
    },
  ])('asks for $what', ({ now, given, due }) => {
    expect(dueOf({ expiry: { ...expiry, ...given } }, at(now))).toEqual(due);
  });

  test('ends a store that runs, whatever its schedule says, and leaves one that is suspended', () => {
    const suspend = { ...expiry, action: 'suspend' } as const;
    const now = at('2026-06-11T05:00:00.000Z');
    expect(dueOf({ expiry: suspend, schedule: NIGHTS }, now)).toEqual({ type: 'expire', action: 'suspend' });
    expect(dueOf({ expiry: suspend, schedule: NIGHTS, suspended: true }, now)).toBeUndefined();
  });

  test('counts the warnings that are due when it is set as given', () => {
    expect(warnedAt(expiry.at, at('2026-06-01T00:00:00.000Z'))).toBeUndefined();
    expect(warnedAt(expiry.at, at('2026-06-08T00:00:00.000Z'))).toBe(3);
    expect(warnedAt(expiry.at, at('2026-06-10T00:00:00.000Z'))).toBe(1);
  });
});

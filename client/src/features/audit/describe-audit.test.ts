import { CAPABILITIES } from '@shopyard/contracts';
import { expect, test } from 'vitest';
import { ACTION_NAMES, actionWords, didWords, wayWords } from './describe-audit.ts';

test('has words for every call that is audited', () => {
  const audited = Object.entries(CAPABILITIES).flatMap(([name, capability]) => ('audit' in capability ? [name] : []));
  expect(audited.filter((name) => !ACTION_NAMES.includes(name))).toEqual([]);
});

test('says what somebody did, and what they were refused', () => {
  expect(didWords({ action: 'stores.update', outcome: 'ok' })).toBe('changed the settings of');
  expect(didWords({ action: 'stores.update', outcome: 'denied' })).toBe('was refused: changed the settings');
  expect(didWords({ action: 'sign-in', outcome: 'denied' })).toBe('failed to sign in');
  expect(didWords({ action: 'something.new', outcome: 'ok' })).toBe('something.new');
  expect(actionWords('access.setMember')).toBe('changed the members of a team');
});

test('says how the server knew who it was', () => {
  expect(wayWords({ by: 'token', via: 'rest' })).toBe('by a token, REST');
  expect(wayWords({ by: 'token', via: 'cli', tokenId: 'k3yk3yk3' })).toBe('by the token k3yk3yk3, command line');
  expect(wayWords({ by: 'server', via: 'schedule' })).toBe('by its schedule');
});

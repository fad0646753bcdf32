import type { Grants } from '@shopyard/contracts';
import { expect, test } from 'vitest';
import { whyNot } from './why-not.ts';

const BOTH: Grants = { roles: [], teams: { shops: 'owner', default: 'viewer' } };

test('says which role an action needs in the team of the store, and which one the user has there', () => {
  expect(whyNot('stores.update', BOTH, { id: 'st_1', team: 'shops' })).toBeUndefined();
  expect(whyNot('stores.update', BOTH, { id: 'st_2' })).toBe(
    'This needs the role operator in the team default. Yours is viewer.',
  );
  expect(whyNot('stores.remove', { roles: [], teams: { default: 'operator' } }, { id: 'st_2' })).toBe(
    'This needs the role owner in the team default. Yours is operator.',
  );
});

test('asks without a store whether it is allowed in any team', () => {
  expect(whyNot('stores.create', BOTH)).toBeUndefined();
  expect(whyNot('stores.create', { roles: [], teams: { default: 'viewer' } })).toBe(
    'This needs the role operator in a team.',
  );
});

test('names administrators for what no team allows, and nothing to them', () => {
  expect(whyNot('stores.forceRemove', BOTH, { id: 'st_1', team: 'shops' })).toBe('Only administrators may do this.');
  expect(whyNot('access.createTeam', { roles: ['admin'] })).toBeUndefined();
});

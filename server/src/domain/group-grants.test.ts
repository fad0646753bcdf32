import { expect, test } from 'vitest';
import { grantsOf } from './group-grants.ts';

const TABLE = [
  { group: 'ops', role: 'operator' },
  { group: 'shops-leads', role: 'owner', team: 'shops' },
  { group: 'shops', role: 'viewer', team: 'shops' },
  { group: 'root', role: 'admin' },
] as const;

test.each([
  { groups: [], admin: false, teams: {} },
  { groups: ['ops'], admin: false, teams: { default: 'operator' } },
  { groups: ['shops', 'shops-leads'], admin: false, teams: { shops: 'owner' } },
  { groups: ['shops', 'ops', 'unknown'], admin: false, teams: { default: 'operator', shops: 'viewer' } },
  { groups: ['root'], admin: true, teams: {} },
  // What is no row gives nothing, whatever it is called.
  { groups: ['admin', 'admins', 'OPS', 'ops ', 'constructor'], admin: false, teams: {} },
])('the groups $groups give what their rows say, and the higher of two roles', ({ groups, admin, teams }) => {
  expect(grantsOf(groups, TABLE)).toEqual({ admin, teams });
});

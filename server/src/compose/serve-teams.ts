/** Teams, with what their stores take of their limits. */
import { createTeams, type Teams } from '../app/access/teams.ts';
import { useOf } from '../app/stores/team-quotas.ts';
import type { CallChecks } from './call-checks.ts';
import type { Foundation } from './foundation.ts';

export function serveTeams({ data, people, process }: Foundation, checks: CallChecks): Teams {
  const { storage } = data;
  return createTeams({
    people: storage.people,
    stores: storage.stores,
    useOf: (stores) => useOf(checks, stores),
    now: process.clock.now,
    onRevoked: () => people.revoked.emit(),
  });
}

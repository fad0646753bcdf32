/** What roles and scopes allow, in words for people. */
import type { CreateToken, Role } from '@shopyard/contracts';

type Scope = CreateToken['scopes'][number];

export const ROLE_WORDS: Record<Role, string> = {
  viewer: 'sees stores, their settings and their history',
  operator: 'also creates and changes stores, reads logs and mail, and signs in to their administration',
  owner: 'also deletes stores, and manages the members of the team',
  admin: 'may do everything, in every team',
};

export const TEAM_ROLE_NAMES = ['viewer', 'operator', 'owner'] as const;

/** In the order in which people grant them. */
export const SCOPE_WORDS: Record<Scope, { title: string; about: string }> = {
  'stores:read': { title: 'See stores', about: 'Lists, settings, history and numbers.' },
  'stores:write': { title: 'Create and change stores', about: 'Also restart, suspend and roll back.' },
  'stores:sensitive': {
    title: 'Read what may hold secrets',
    about: 'Logs, events, mail and releases, and sign-in links to the administration.',
  },
  'stores:delete': { title: 'Delete stores', about: 'With all their data.' },
  'platform:read': { title: 'See the platform', about: 'Users, the audit trail, and metrics.' },
  'platform:manage': { title: 'Manage the platform', about: 'Forced deletions and adoptions.' },
};

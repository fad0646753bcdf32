/** Contents of a new store's Secret. `random` is in server/src/cluster/credentials.ts. */
import type { Engine } from '../engine.ts';

const LOWER = 'abcdefghijkmnopqrstuvwxyz23456789';

export const login = { username: 'medusa-email', password: 'medusa-password' } as const;
/** Sign sessions, cookies, and the links that sign in. */
export const SECRETS = ['jwt-secret', 'cookie-secret'] as const;

/** Letters and digits: the database's password is part of an address. */
export const credentials: Engine['credentials'] = ({ name }, random) => ({
  'postgres-admin-password': random(32),
  'postgres-password': random(32),
  // Medusa's login name is an email address.
  [login.username]: `admin-${random(4, LOWER)}@${name}.invalid`,
  [login.password]: random(24),
  ...Object.fromEntries(SECRETS.map((key) => [key, random(48)])),
});

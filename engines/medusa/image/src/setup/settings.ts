/** What a store is to be, as the chart passes it on by the environment. */
import { Refused } from './refused.ts';

export interface Settings {
  databaseUrl: string;
  /** Names this set of inputs. */
  hash: string;
  title: string;
  /** Without a trailing slash. */
  url: string;
  /** Lower case, as Medusa writes it. */
  currency: string;
  /** Two letters in lower case. */
  country: string;
  /** The administrator's; absent where nobody needs one yet. */
  login?: { email: string; password: string };
  /** Title and administrator are left to the process that serves. */
  appliesLater: boolean;
}

/** Throws Refused where one is missing. */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const need = (name: string): string => {
    const value = env[name];
    if (!value) throw new Refused(`${name} is missing`);
    return value;
  };
  return {
    databaseUrl: need('DATABASE_URL'),
    hash: need('SETUP_HASH'),
    title: need('STORE_TITLE'),
    url: need('STORE_URL'),
    currency: need('STORE_CURRENCY').toLowerCase(),
    // Medusa's regions have no states.
    country: need('STORE_COUNTRY').split(':')[0]?.toLowerCase() ?? '',
    appliesLater: env['SETUP_APPLIES_LATER'] === 'true',
    ...(env['ADMIN_EMAIL'] ? { login: { email: env['ADMIN_EMAIL'], password: need('ADMIN_PASSWORD') } } : {}),
  };
}

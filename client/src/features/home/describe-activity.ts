/** What happened to a store, in words. Pure. */
import { type ActivityEntry, reasonTitle } from '@shopyard/contracts';

export type ActivityTone = 'good' | 'bad' | 'quiet';

export interface ActivityWords {
  /** Around the store's name. */
  before: string;
  after: string;
  tone: ActivityTone;
}

const CALLS: Record<string, string> = {
  create: 'created',
  update: 'changed',
  rollback: 'rolled back',
  retry: 'retried',
  restart: 'restarted',
  suspend: 'suspended',
  resume: 'resumed',
  schedule: 'changed the schedule of',
  expiry: 'changed the expiry of',
  'expires-soon': 'warned about the expiry of',
  delete: 'requested the deletion of',
  'force-remove': 'forced the deletion of',
  adopt: 'adopted',
};

export function describeActivity({ kind, actor, what, reason }: ActivityEntry): ActivityWords {
  if (kind === 'call') return { before: `${actor} ${CALLS[what] ?? `called ${what} on`}`, after: '', tone: 'quiet' };
  if (kind === 'phase') return { before: '', after: 'became ready', tone: 'good' };
  if (kind === 'attention') {
    const why = reason === undefined ? '' : `: ${reasonTitle(reason)}`;
    return { before: '', after: `${what === 'broken' ? 'broke' : 'got stuck'}${why}`, tone: 'bad' };
  }
  return { before: '', after: 'was deleted, with all its data', tone: 'quiet' };
}

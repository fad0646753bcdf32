/** Titles of a store's history, in words for people. Pure. */
import type { HistoryEntry } from '@shopyard/contracts';

const CALLS: Readonly<Record<string, string>> = {
  create: 'created the store',
  update: 'updated the store',
  delete: 'requested deletion',
  'force-remove': 'removed finalizers',
  retry: 'retried',
  restart: 'requested a restart',
  suspend: 'suspended the store',
  resume: 'resumed the store',
  schedule: 'changed the schedule',
  expiry: 'changed the expiry',
  'expires-soon': 'warned of the expiry',
  credentials: 'viewed the admin login',
  'login-link': 'got a sign-in link to the admin',
  adopt: 'adopted the store',
};

const LEVELS: Readonly<Record<string, string>> = {
  ok: 'No longer needs attention',
  working: 'In progress',
  stuck: 'Needs attention: stuck',
  broken: 'Needs attention: broken',
};

/** A title, and the message unless the title says it already. */
export function describeEntry(entry: HistoryEntry): { title: string; detail: string } {
  const { kind, actor, what, message } = entry;
  const detail = message === what ? '' : message;
  switch (kind) {
    case 'call':
      return { title: `${actor} ${CALLS[what] ?? `called ${what}`}`, detail };
    case 'phase':
      return { title: `Phase ${what}`, detail };
    case 'attention':
      return { title: LEVELS[what] ?? what, detail };
    case 'condition':
      // The message is a code, such as `Running`, that says no more than the title.
      return { title: toSentence(what), detail: /^\w+$/.test(detail) ? '' : detail };
    case 'action':
      // Most messages are sentences that begin with the action.
      return message.startsWith(what)
        ? { title: capitalize(message), detail: '' }
        : { title: toSentence(what), detail };
  }
}

/** `DatabaseReady` → `Database ready`, `release-finalizers` → `Release finalizers`. */
function toSentence(code: string): string {
  return capitalize(
    code
      .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
      .replaceAll('-', ' ')
      .toLowerCase(),
  );
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

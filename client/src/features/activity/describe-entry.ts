/** Titles of a store's history, in words for people. Pure. */
import type { HistoryEntry, Phase, Reason } from '@shopyard/contracts';

const CALLS: Readonly<Record<string, string>> = {
  create: 'created the store',
  update: 'updated the store',
  rollback: 'rolled the store back',
  delete: 'requested deletion',
  'force-remove': 'removed finalizers',
  retry: 'retried',
  restart: 'requested a restart',
  suspend: 'suspended the store',
  resume: 'resumed the store',
  schedule: 'changed the schedule',
  expiry: 'changed the expiry',
  window: 'changed the maintenance window',
  cancel: 'cancelled a change',
  'apply-now': 'applied a change now',
  'change-postponed': 'postponed a change',
  'change-refused': 'refused a change',
  'expires-soon': 'warned about the expiry',
  credentials: 'viewed the admin login',
  'login-link': 'requested a sign-in link to the admin',
  adopt: 'adopted the store',
};

const LEVELS: Readonly<Record<string, string>> = {
  ok: 'No longer needs attention',
  working: 'In progress',
  stuck: 'Needs attention: stuck',
  broken: 'Needs attention: broken',
};

const PHASES: Readonly<Partial<Record<string, string>>> = {
  Queued: 'Queued',
  Provisioning: 'Provisioning started',
  Upgrading: 'Upgrade started',
  Ready: 'Became Ready',
  Degraded: 'Became Degraded',
  Suspended: 'Suspended',
  Deleting: 'Deletion started',
  Failed: 'Failed',
} satisfies Record<Phase, string>;

/** Changes of a store that are no upgrade, by the reason of its phase `Upgrading`. */
const REQUESTED: Readonly<Partial<Record<string, string>>> = {
  Restarting: 'Restart started',
  Suspending: 'Suspension started',
  Resuming: 'Resume started',
} satisfies Partial<Record<Reason, string>>;

/** Beginnings of what Shopyard recorded about its actions, and how a sentence about the past begins instead. */
const ACTIONS: readonly (readonly [recorded: string, words: string])[] = [
  ['install of', 'Installed'],
  ['move to', 'Moved to'],
  ['repair of', 'Repaired'],
  ['restart', 'Began a restart'],
  ['suspend (shop)', 'Stopped the shop'],
  ['suspend (database)', 'Stopped the database'],
  ['resume', 'Started database and shop'],
  ['verify', 'Checked the shop'],
  ['release-finalizers', 'Removed finalizers'],
  ['uninstall', 'Uninstalled'],
  ['foreign-fields left', 'Left changes from outside alone'],
];

/** A title, and the message unless the title says it already. */
export function describeEntry(entry: HistoryEntry): { title: string; detail: string } {
  const { kind, actor, tokenId, what, message, reason = '' } = entry;
  const detail = message === what ? '' : message;
  switch (kind) {
    case 'call':
      return { title: `${actor} ${CALLS[what] ?? `called ${what}`}${tokenId ? ` (token ${tokenId})` : ''}`, detail };
    case 'phase':
      return { title: (what === 'Upgrading' && REQUESTED[reason]) || (PHASES[what] ?? what), detail };
    case 'attention':
      return { title: LEVELS[what] ?? what, detail };
    case 'condition':
      // The message is a code, such as `Running`, that says no more than the title.
      return { title: toSentence(what), detail: /^\w+$/.test(detail) ? '' : detail };
    case 'action': {
      const [recorded = '', words = ''] = ACTIONS.find(([begin]) => message.startsWith(`${begin} `)) ?? [];
      if (recorded === '') return { title: toSentence(what), detail };
      // In brackets: what came of it.
      const [, before = '', result, after = ''] = /^(.*) \((.*)\)(.*)$/s.exec(message.slice(recorded.length)) ?? [];
      return result === undefined
        ? { title: words + message.slice(recorded.length), detail: '' }
        : { title: words + before + after, detail: `${result}.` };
    }
  }
}

/** `DatabaseReady` → `Database ready`. */
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

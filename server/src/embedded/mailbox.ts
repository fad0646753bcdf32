/** The mail of embedded stores by store; elsewhere there is none. */
import type { Mail, Store } from '@shopyard/contracts';
import { readMails, watchMails } from './embedded-mail.ts';

export interface Mailbox {
  mailsOf: (store: Store) => Promise<Mail[]>;
  /** Calls `notify` when the mail may have changed, until the returned function is called. */
  onMail: (store: Store, notify: () => void) => () => void;
}

export interface MailboxOptions {
  dataDir: string;
  /** Those whose stores run here for real. */
  engines: { has(engine: string): boolean };
  claimsOf: (store: Store) => readonly { uid: string }[];
}

export function createMailbox({ dataDir, engines, claimsOf }: MailboxOptions): Mailbox {
  const uidsOf = (store: Store): string[] => claimsOf(store).map(({ uid }) => uid);
  return {
    mailsOf: async (store) => (engines.has(store.engine) ? readMails(dataDir, uidsOf(store)) : []),
    onMail: (store, notify) =>
      engines.has(store.engine) ? watchMails(dataDir, uidsOf(store), notify) : () => undefined,
  };
}

import type { Mail, MailsEvent } from '@shopyard/contracts';
import { Inbox } from 'lucide-react';
import type { ReactNode } from 'react';
import { setParams, useRoute } from '../../lib/route.ts';
import { trpc } from '../../live/trpc.ts';
import { usePushed } from '../../live/use-pushed.ts';
import { Time } from '../../ui/time.tsx';
import { Waiting } from '../../ui/waiting.tsx';
import { MailReader } from './mail-reader.tsx';
import styles from './mail.module.css';

/** Captured mail of an embedded store, which sends none. The address names the open mail. */
export function MailTab({ id }: { id: string }): ReactNode {
  const { params } = useRoute();
  const { data, error, ...handlers } = usePushed<MailsEvent>();
  trpc.stores.watchMails.useSubscription({ id }, handlers);
  if (error)
    return (
      <p role="alert" className={styles.error}>
        {error}
      </p>
    );
  if (!data) return <Waiting />;
  if (data.mails.length === 0)
    return (
      <div className={styles.none}>
        <Inbox aria-hidden />
        <p>No mail yet. Each order sends two: one to the customer, one to the shop.</p>
      </div>
    );
  const mails = data.mails.map((mail, index) => ({ mail, key: keyOf(data.mails, index) }));
  const asked = params.get('mail');
  const open = mails.find(({ key }) => key === asked) ?? mails[0];
  return (
    <section aria-label="Mail" className={styles.mail} data-open={asked !== null}>
      <ul className={styles.list} aria-label="Mail, newest first">
        {mails.map(({ mail, key }) => (
          <li key={key}>
            <button
              type="button"
              data-kind="quiet"
              aria-current={key === open?.key}
              onClick={() => setParams({ mail: key })}
            >
              <span className={styles.subject}>{mail.subject || 'No subject'}</span>
              <span className={styles.when}>
                <Time at={mail.at} />
              </span>
              <span className={styles.to}>To {mail.to.join(', ')}</span>
            </button>
          </li>
        ))}
      </ul>
      {open && <MailReader key={open.key} mail={open.mail} onBack={() => setParams({ mail: undefined })} />}
    </section>
  );
}

/** The time, and the place among mails of the same time: it stays the same while newer mail arrives. */
function keyOf(mails: readonly Mail[], index: number): string {
  const at = mails[index]?.at ?? '';
  const before = mails.slice(index + 1).filter((mail) => mail.at === at).length;
  return before > 0 ? `${at} ${before}` : at;
}

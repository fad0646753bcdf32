import type { MailsEvent } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import { trpc } from '../../live/trpc.ts';
import { usePushed } from '../../live/use-pushed.ts';
import { Time } from '../../ui/time.tsx';
import { Waiting } from '../../ui/waiting.tsx';
import styles from './store-page.module.css';

/** Captured mail of an embedded store, which sends none. */
export function MailTab({ id }: { id: string }): ReactNode {
  const { data, error, ...handlers } = usePushed<MailsEvent>();
  trpc.stores.watchMails.useSubscription({ id }, handlers);
  if (error)
    return (
      <p role="alert" className={styles.error}>
        {error}
      </p>
    );
  if (!data) return <Waiting />;
  if (data.mails.length === 0) return <p>No mail yet. Each order sends two: one to the customer, one to the shop.</p>;
  return (
    <ul className={styles.events} aria-label="Mail, newest first">
      {data.mails.map(({ at, to, subject, message }) => (
        <li key={`${at} ${subject} ${to.join()}`}>
          <Time at={at} age />
          <span>
            <strong>{subject}</strong> to {to.join(', ')}
          </span>
          <details className={styles.detail}>
            <summary>Text</summary>
            <p className={styles.mail}>{htmlToText(message)}</p>
          </details>
        </li>
      ))}
    </ul>
  );
}

/** Extracts the readable text of an HTML mail without running scripts or loading resources. */
function htmlToText(message: string): string {
  const { body } = new DOMParser().parseFromString(message, 'text/html');
  for (const unread of body.querySelectorAll('style, script')) unread.remove();
  return (body.textContent ?? '')
    .replaceAll(/[ \t]+/g, ' ')
    .replaceAll(/\s*\n\s*/g, '\n')
    .trim();
}

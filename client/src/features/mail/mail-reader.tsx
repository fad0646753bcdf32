import type { Mail } from '@shopyard/contracts';
import { ArrowLeft, ImageOff, Paperclip } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { Time } from '../../ui/time.tsx';
import styles from './mail.module.css';
import { looksLikeHtml, SANDBOX, toSafeMail } from './safe-document.ts';

interface MailReaderProps {
  mail: Mail;
  /** Leads back to the list, where the screen shows one of them at a time. */
  onBack: () => void;
}

/** One mail. Its HTML can't run or load anything. */
export function MailReader({ mail, onBack }: MailReaderProps): ReactNode {
  const { at, from, to, subject, message, attachments = [] } = mail;
  const isHtml = mail.html ?? looksLikeHtml(message);
  const safe = useMemo(() => (isHtml ? toSafeMail(message) : undefined), [isHtml, message]);
  const [asText, setAsText] = useState(false);
  return (
    <article className={styles.reader} aria-label={subject || 'No subject'}>
      <p className={styles.back}>
        <button type="button" data-size="small" onClick={onBack}>
          <ArrowLeft aria-hidden /> All mail
        </button>
      </p>
      <header>
        <h3>{subject || 'No subject'}</h3>
        <dl className={styles.fields}>
          {from !== undefined && (
            <div>
              <dt>From</dt>
              <dd>{from}</dd>
            </div>
          )}
          <div>
            <dt>To</dt>
            <dd>{to.join(', ')}</dd>
          </div>
          <div>
            <dt>Date</dt>
            <dd>
              <Time at={at} />
            </dd>
          </div>
          {attachments.length > 0 && (
            <div>
              <dt>Attached</dt>
              <dd className={styles.attachments}>
                {attachments.map((name) => (
                  <span key={name}>
                    <Paperclip aria-hidden /> {name}
                  </span>
                ))}
              </dd>
            </div>
          )}
        </dl>
        {safe && (
          <div className={styles.views} role="toolbar" aria-label="View">
            <button type="button" data-size="small" aria-pressed={!asText} onClick={() => setAsText(false)}>
              HTML
            </button>
            <button type="button" data-size="small" aria-pressed={asText} onClick={() => setAsText(true)}>
              Plain text
            </button>
            {safe.remoteImages > 0 && (
              <span className={styles.blocked}>
                <ImageOff aria-hidden /> Remote images blocked ({safe.remoteImages})
              </span>
            )}
          </div>
        )}
      </header>
      {safe && !asText ? (
        <iframe
          className={styles.frame}
          title={`Message: ${subject}`}
          sandbox={SANDBOX}
          referrerPolicy="no-referrer"
          srcDoc={safe.srcdoc}
        />
      ) : (
        <p className={styles.text}>{safe ? safe.text : message}</p>
      )}
    </article>
  );
}

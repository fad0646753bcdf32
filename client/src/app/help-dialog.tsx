import type { ReactNode } from 'react';
import { formatKey, SHORTCUTS } from '../lib/shortcuts.ts';
import { CloseRow } from '../ui/close-row.tsx';
import { Modal } from '../ui/modal.tsx';
import styles from './app.module.css';

export function HelpDialog({ onClose }: { onClose: () => void }): ReactNode {
  return (
    <Modal title="Keyboard shortcuts" onClose={onClose}>
      {Object.values(SHORTCUTS).map(({ title, shortcuts }) => (
        <section key={title} aria-label={title}>
          <h3>{title}</h3>
          <dl className={styles.keys}>
            {shortcuts.map(({ keys, what }) => (
              <div key={what}>
                <dt>
                  {keys.map((key) => (
                    <kbd key={key}>{formatKey(key, navigator.platform)}</kbd>
                  ))}
                </dt>
                <dd>{what}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <p>
        The address contains the filter, sort order and tab: copy it to share your view. Everything here is also
        available over REST: <a href="/openapi.json">openapi.json</a>.
      </p>
      <CloseRow onClose={onClose} />
    </Modal>
  );
}

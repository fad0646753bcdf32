import type { ReactNode } from 'react';
import { Modal } from '../ui/modal.tsx';
import styles from './app.module.css';

const KEYS = [
  ['/', 'Filter stores: Enter opens the first match, ↓ moves to the rows, Esc clears'],
  ['n', 'New store'],
  ['↑ ↓ Home End', 'Move in the list'],
  ['Enter', "Open the store's page; on wide screens, a click opens the store beside the list"],
  ['Space', 'Select the store; with Shift, also all rows since the last selected one'],
  ['Shift ↑ ↓', 'Select the rows on the way'],
  ['Delete', 'Delete the store, or all selected stores'],
  ['Esc', 'Close a dialog, or the store beside the list'],
  ['?', 'Show this help'],
] as const;

export function HelpDialog({ onClose }: { onClose: () => void }): ReactNode {
  return (
    <Modal title="Keyboard shortcuts" onClose={onClose}>
      <dl className={styles.keys}>
        {KEYS.map(([keys, what]) => (
          <div key={keys}>
            <dt>
              {keys.split(' ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <p>
        The address contains the filter, sort order and tab: copy it to share your view. Everything here is also
        available over REST: <a href="/openapi.json">openapi.json</a>.
      </p>
      <p className={styles.end}>
        <button type="button" onClick={onClose}>
          Close
        </button>
      </p>
    </Modal>
  );
}

import type { ReactNode } from 'react';
import { Modal } from '../ui/modal.tsx';
import styles from './app.module.css';

const KEYS = [
  ['/', 'filter stores: Enter opens the first match, ↓ moves to the rows, Esc clears'],
  ['n', 'new store'],
  ['↑ ↓ Home End', 'move in the list'],
  ['Enter', "open the store's page; on wide screens, a click opens the store beside the list"],
  ['Space', 'select the store; with Shift, all from the last selected one'],
  ['Shift ↑ ↓', 'select the rows passed'],
  ['Delete', 'delete the store, or all selected stores'],
  ['Esc', 'close a dialog, or the store beside the list'],
  ['?', 'this help'],
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
        The address includes the filter, sorting and tab: copy it to share your view. Everything here is also available
        over REST: <a href="/openapi.json">openapi.json</a>.
      </p>
      <p className={styles.end}>
        <button type="button" onClick={onClose}>
          Close
        </button>
      </p>
    </Modal>
  );
}

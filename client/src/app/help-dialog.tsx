import type { ReactNode } from 'react';
import { Modal } from '../ui/modal.tsx';
import styles from './app.module.css';

const KEYS = [
  ['/', 'filter'],
  ['n', 'new store'],
  ['↑ ↓ Home End', 'move in the list'],
  ['Enter', "open the store's page"],
  ['Space', 'tick the store'],
  ['Delete', 'delete the store, or all that are ticked'],
  ['Esc', 'close a dialog'],
  ['?', 'this help'],
] as const;

export function HelpDialog({ onClose }: { onClose: () => void }): ReactNode {
  return (
    <Modal title="Keyboard" onClose={onClose}>
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
        Filter, sorting, ticks and tabs are in the address: copy it to show somebody what you see. The same as here is
        offered over REST: <a href="/openapi.json">openapi.json</a>.
      </p>
      <p className={styles.end}>
        <button type="button" onClick={onClose}>
          Close
        </button>
      </p>
    </Modal>
  );
}

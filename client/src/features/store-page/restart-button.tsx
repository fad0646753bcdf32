import type { Store } from '@shopyard/contracts';
import { ChevronDown } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useEngine } from '../../live/engines.ts';
import { useOffline } from '../../live/use-offline.ts';
import { Menu } from '../../ui/menu.tsx';
import { Modal } from '../../ui/modal.tsx';
import { useStoreActs } from '../store-acts/use-store-acts.ts';
import styles from './store-acts.module.css';

/** Restarts the shop at once; another part of the store, such as its database, after a question. */
export function RestartButton({ store }: { store: Store }): ReactNode {
  const { name } = store;
  const { offline, explanation } = useOffline();
  const [asked, setAsked] = useState<{ name: string; title: string }>();
  const { restart, pending } = useStoreActs();
  const others = (useEngine(store.engine)?.components ?? []).filter(({ role }) => role === 'database');
  return (
    <>
      <span className={styles.split}>
        <button type="button" onClick={() => void restart(store)} disabled={pending || offline} {...explanation}>
          Restart
        </button>
        {others.length > 0 && !offline && (
          <Menu
            label="Restart another part"
            items={others.map((other) => ({ label: `Restart ${other.title}…`, onSelect: () => setAsked(other) }))}
          >
            <ChevronDown aria-hidden />
          </Menu>
        )}
      </span>
      {asked && (
        <Modal title={`Restart the ${asked.title} of ${name}?`} onClose={() => setAsked(undefined)}>
          <p>The shop shows errors until the new pod answers, for about half a minute. No data is lost.</p>
          <p className={styles.choice}>
            <button type="button" onClick={() => setAsked(undefined)}>
              Keep it running
            </button>
            <button
              type="button"
              data-kind="primary"
              onClick={() => {
                setAsked(undefined);
                void restart(store, asked.name);
              }}
            >
              Restart {asked.title}
            </button>
          </p>
        </Modal>
      )}
    </>
  );
}

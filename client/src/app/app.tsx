import type { ReactNode } from 'react';
import { StoreDetail } from '../features/store-detail/store-detail.tsx';
import { CreateStoreForm } from '../features/stores/create-store-form.tsx';
import { StoreList } from '../features/stores/store-list.tsx';
import { useStores } from '../features/stores/use-stores.ts';
import { useSelection } from '../lib/use-selection.ts';
import styles from './app.module.css';
import { ClusterBanner } from './cluster-banner.tsx';
import { ConnectionIndicator } from './connection-indicator.tsx';
import { ThemeSwitch } from './theme-switch.tsx';

export function App(): ReactNode {
  const { loaded, stores, platform } = useStores();
  const selected = useSelection();
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <h1>
          <a href="#/">Shopyard</a>
        </h1>
        <ConnectionIndicator platform={platform} />
        <ThemeSwitch />
      </header>
      {platform && <ClusterBanner platform={platform} />}
      <main className={styles.main} data-detail={selected !== undefined}>
        <section className={styles.stores} aria-label="Stores">
          <CreateStoreForm />
          <StoreList loaded={loaded} stores={stores} selected={selected} />
        </section>
        {selected !== undefined && <StoreDetail key={selected} id={selected} />}
      </main>
    </div>
  );
}

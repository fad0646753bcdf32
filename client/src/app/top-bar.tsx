import type { Platform } from '@shopyard/contracts';
import { CircleHelp, Search } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatKey } from '../lib/shortcuts.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { AccountMenu } from './account-menu.tsx';
import { Breadcrumbs } from './breadcrumbs.tsx';
import { ClusterBadge } from './cluster-badge.tsx';
import { ConnectionIndicator } from './connection-indicator.tsx';
import { useDialogs } from './use-dialogs.ts';
import { ThemeSwitch } from './theme-switch.tsx';
import styles from './top-bar.module.css';

/** Where one is, and what works on every page. */
export function TopBar({ platform }: { platform: Platform | undefined }): ReactNode {
  const { open } = useDialogs();
  return (
    <header className={styles.bar}>
      <Breadcrumbs />
      <button
        type="button"
        className={styles.search}
        aria-keyshortcuts="Control+K Meta+K"
        onClick={() => open('palette')}
      >
        <Search aria-hidden />
        <span>Go to…</span>
        <kbd>{formatKey('mod+k', navigator.platform)}</kbd>
      </button>
      <ConnectionIndicator platform={platform} />
      {platform && <ClusterBadge platform={platform} />}
      <AccountMenu />
      <ThemeSwitch />
      <IconButton icon={CircleHelp} label="Keyboard and help" onClick={() => open('help')} />
    </header>
  );
}

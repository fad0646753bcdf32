import { isOffered, type Store } from '@shopyard/contracts';
import { Copy, Ellipsis, ExternalLink, Moon, Play, RotateCw, ScrollText, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { CALLER } from '../../lib/caller.ts';
import { navigate, storeHref } from '../../lib/route.ts';
import { useOffline } from '../../live/use-offline.ts';
import { useStoreActs } from '../store-acts/use-store-acts.ts';
import { copyText } from '../../ui/copy-button.tsx';
import { Menu, type MenuItem } from '../../ui/menu.tsx';

interface RowMenuProps {
  store: Store;
  onRetry: (stores: Store[]) => void;
  onDelete: (stores: Store[]) => void;
}

/** What can be done with one store; actions that its state rules out are left out. */
export function RowMenu({ store, onRetry, onDelete }: RowMenuProps): ReactNode {
  const { offline } = useOffline();
  const { suspend, resume } = useStoreActs();
  const disabled = offline ? "The server isn't responding" : undefined;
  const { id, name, url, phase } = store;
  const items: (MenuItem | false)[] = [
    phase === 'Ready' && { label: 'Open shop', icon: ExternalLink, onSelect: () => openShop(url) },
    { label: 'Logs', icon: ScrollText, onSelect: () => navigate(storeHref(id, { tab: 'logs' })) },
    { label: 'Copy URL', icon: Copy, onSelect: () => void copyText(url) },
    isOffered('stores.retry', CALLER, store) && {
      label: 'Retry',
      icon: RotateCw,
      disabled,
      onSelect: () => onRetry([store]),
    },
    isOffered('stores.suspend', CALLER, store) && {
      label: 'Suspend',
      icon: Moon,
      disabled,
      onSelect: () => void suspend([store]),
    },
    isOffered('stores.resume', CALLER, store) && {
      label: 'Resume',
      icon: Play,
      disabled,
      onSelect: () => void resume([store]),
    },
    isOffered('stores.remove', CALLER, store) && {
      label: 'Delete…',
      icon: Trash2,
      danger: true,
      separated: true,
      disabled,
      onSelect: () => onDelete([store]),
    },
  ];
  return (
    <Menu label={`Actions for ${name}`} items={items.filter((item) => item !== false)}>
      <Ellipsis aria-hidden />
    </Menu>
  );
}

function openShop(url: string): void {
  window.open(url, '_blank', 'noreferrer');
}

import type { Store } from '@shopyard/contracts';
import { Copy, Ellipsis, Link, SquareTerminal } from 'lucide-react';
import type { ReactNode } from 'react';
import { toast } from 'sonner';
import { copyText } from '../../ui/copy-button.tsx';
import { Menu } from '../../ui/menu.tsx';

/** Copies what people paste elsewhere about a store. */
export function CopyMenu({ store: { id, namespace } }: { store: Store }): ReactNode {
  const copy = (text: string) => () =>
    void copyText(text).then((copied) => {
      if (copied) toast(`Copied: ${text}`);
    });
  return (
    <Menu
      label="Copy…"
      items={[
        {
          label: 'Copy as kubectl',
          icon: SquareTerminal,
          onSelect: copy(`kubectl -n ${namespace} get all,pvc,events`),
        },
        { label: 'Copy as curl', icon: SquareTerminal, onSelect: copy(`curl ${location.origin}/stores/${id}`) },
        { label: 'Copy namespace', icon: Copy, onSelect: copy(namespace) },
        { label: 'Copy ID', icon: Copy, onSelect: copy(id) },
        { label: 'Copy link to this page', icon: Link, onSelect: copy(location.href) },
      ]}
    >
      <Ellipsis aria-hidden />
    </Menu>
  );
}

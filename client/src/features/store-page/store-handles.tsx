import type { ReactNode } from 'react';
import { toast } from 'sonner';
import { describeError } from '../../lib/describe-error.ts';
import { trpc } from '../../live/trpc.ts';
import { useOffline } from '../../live/use-offline.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { CreateAgain } from './create-again.tsx';
import type { ShownHandle } from './resolve-handles.ts';
import styles from './store-page.module.css';

/** What a person can press against the reason, the main handle first. */
export function StoreHandles({ id, handles }: { id: string; handles: readonly ShownHandle[] }): ReactNode {
  return handles.map((handle, at) => (
    <StoreHandle key={handle.label} id={id} handle={handle} kind={at === 0 ? 'primary' : undefined} />
  ));
}

interface StoreHandleProps {
  id: string;
  handle: ShownHandle;
  kind: 'primary' | undefined;
}

function StoreHandle({ id, handle, kind }: StoreHandleProps): ReactNode {
  switch (handle.kind) {
    case 'link':
      return (
        <a
          className="button"
          data-size="small"
          data-kind={kind}
          href={handle.href}
          title={handle.title}
          {...(handle.outside ? { target: '_blank', rel: 'noreferrer' } : {})}
        >
          {handle.label}
        </a>
      );
    case 'copy':
      return (
        <span className={styles.command} title={handle.command}>
          <CopyButton text={handle.command} what={handle.label} />
          Copy {handle.label}
        </span>
      );
    case 'createAgain':
      return <CreateAgain id={id} label={handle.label} kind={kind} />;
    case 'admin':
      return <AdminHandle id={id} handle={handle} kind={kind} />;
  }
}

/** Signs in by a link that works once. */
function AdminHandle({
  id,
  handle: { label, to },
  kind,
}: StoreHandleProps & { handle: Extract<ShownHandle, { kind: 'admin' }> }): ReactNode {
  const { offline, explanation } = useOffline();
  const ask = trpc.stores.loginLink.useMutation();
  const open = (): void => {
    // Opened by the click itself: browsers block windows that open later.
    const page = globalThis.open('', '_blank');
    if (page) page.opener = null;
    ask.mutate(
      { id, to },
      {
        onSuccess: ({ url }) => page?.location.replace(url),
        onError(error) {
          page?.close();
          toast.error(describeError(error));
        },
      },
    );
  };
  return (
    <button
      type="button"
      data-size="small"
      data-kind={kind}
      disabled={ask.isPending || offline}
      onClick={open}
      {...explanation}
    >
      {label}
    </button>
  );
}

import { type ReactNode, type RefCallback, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { toast } from 'sonner';
import type { Store } from '@shopyard/contracts';
import { CreateStoreDialog } from '../features/create-store/create-store-dialog.tsx';
import { loadYaml } from '../features/create-store/load-yaml.ts';
import { prefetchSeveral } from '../features/create-store/several-stores.tsx';
import { DeleteStoreDialog } from '../features/store-page/delete-store-dialog.tsx';
import { lazyPart, whenIdle } from '../lib/lazy-part.ts';
import { whyNot } from '../lib/why-not.ts';
import { currentRoute, navigate, storesHref, useRoute } from '../lib/route.ts';
import { useShortcuts } from '../lib/use-shortcuts.ts';
import { useCaller } from '../live/caller.tsx';
import { useOffline } from '../live/use-offline.ts';
import { useStores } from '../live/use-stores.tsx';
import { ErrorBoundary } from '../ui/error-boundary.tsx';
import { prefetchPages } from './pages.tsx';
import { CommandPalette, prefetchPalette } from './command-palette.tsx';
import { signInAgain } from './sign-in-parts.ts';
import { type Dialog, DialogsContext } from './use-dialogs.ts';

const help = lazyPart(async () => (await import('./help-dialog.tsx')).HelpDialog);

/** Dialogs that open over every page, by a key or a button. */
export function DialogsProvider({ children }: { children: ReactNode }): ReactNode {
  const [dialog, open] = useState<Dialog>();
  const [deleting, setDeleting] = useState<Store>();
  const close = useCallback(() => open(undefined), []);
  const { focusFilter, filterRef } = useFilterField();
  const { stores, platform, loaded } = useStores();
  const { offline } = useOffline();
  const caller = useCaller();
  const shortcuts = useMemo(
    () => ({
      n: () => {
        const refused = whyNot('stores.create', caller);
        if (refused === undefined) open('create');
        else toast.error(`You can't create stores. ${refused}`);
      },
      '?': () => open('help'),
      '/': focusFilter,
      'mod+k': () => open('palette'),
    }),
    [focusFilter, caller],
  );
  useShortcuts(shortcuts);
  // Prefetch what dialogs and other pages need, so that they work while the server is unreachable; the stores come first.
  useEffect(() => {
    if (loaded) whenIdle(prefetchAll);
  }, [loaded]);
  const dialogs = useMemo(() => ({ open, filterRef }), [filterRef]);
  return (
    <DialogsContext value={dialogs}>
      {children}
      <ErrorBoundary at={dialog ?? ''} online={!offline}>
        <Suspense fallback={undefined}>
          {dialog === 'create' && <CreateStoreDialog stores={stores} platform={platform} onClose={close} />}
          {dialog === 'help' && <help.Part onClose={close} />}
          {dialog === 'palette' && <CommandPalette onClose={close} onOpen={open} onDelete={setDeleting} />}
          {deleting && <DeleteStoreDialog store={deleting} onClose={() => setDeleting(undefined)} />}
        </Suspense>
      </ErrorBoundary>
    </DialogsContext>
  );
}

/** Focuses the list's filter field, on other pages once the list has rendered it. */
function useFilterField(): { focusFilter: () => void; filterRef: RefCallback<HTMLInputElement> } {
  const field = useRef<HTMLInputElement>(null);
  const wanted = useRef(false);
  const { page } = useRoute();
  const filterRef = useCallback((element: HTMLInputElement | null) => {
    field.current = element;
    if (wanted.current) element?.focus();
  }, []);
  // The list page has rendered: its filter field is focused by now, or the list has none.
  useEffect(() => {
    if (page === 'stores') wanted.current = false;
  }, [page]);
  const focusFilter = useCallback(() => {
    if (field.current) return field.current.focus();
    wanted.current = currentRoute().page !== 'stores';
    navigate(storesHref());
  }, []);
  return { focusFilter, filterRef };
}

function prefetchAll(): void {
  signInAgain.prefetch();
  prefetchPalette();
  help.prefetch();
  prefetchPages();
  prefetchSeveral();
  void loadYaml().catch(() => undefined);
}

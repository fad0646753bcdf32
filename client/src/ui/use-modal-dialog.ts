import { type RefObject, useEffect, useRef } from 'react';

/** Shows a `<dialog>` as modal while it is rendered, and returns the focus to where it was. */
export function useModalDialog(): RefObject<HTMLDialogElement | null> {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    const before = document.activeElement;
    dialog?.showModal();
    // The first control takes the focus; one below the fold must not hide what the dialog says.
    if (dialog && dialog.scrollTop > 0) {
      dialog.tabIndex = -1;
      dialog.focus({ preventScroll: true });
      dialog.scrollTop = 0;
    }
    return () => {
      dialog?.close();
      // A dialog that React removes can't restore the focus itself.
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  return ref;
}

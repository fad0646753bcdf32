import { createContext, type RefCallback, useContext } from 'react';

export type Dialog = 'create' | 'help' | 'palette';

interface Dialogs {
  open: (dialog: Dialog) => void;
  /** For the filter field of the list, which `/` focuses from any page. */
  filterRef: RefCallback<HTMLInputElement>;
}

export const DialogsContext = createContext<Dialogs>({ open: () => undefined, filterRef: () => undefined });

export function useDialogs(): Dialogs {
  return useContext(DialogsContext);
}

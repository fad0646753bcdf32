import { Trash2 } from 'lucide-react';
import { type FormEvent, type ReactNode, useState } from 'react';
import { CloseRow } from '../../ui/close-row.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Modal } from '../../ui/modal.tsx';
import { toastWithUndo } from '../../ui/undo-toast.ts';
import styles from './views-dialog.module.css';
import type { ViewsChange } from './use-views.ts';
import { type SavedView, withoutView, withView } from './views.ts';

interface ViewsDialogProps {
  views: readonly SavedView[];
  /** Parameters of the current view. */
  query: string;
  onChange: (change: ViewsChange) => void;
  onClose: () => void;
}

/** Saves the current view by name; renames and deletes saved ones. */
export function ViewsDialog({ views, query, onChange, onClose }: ViewsDialogProps): ReactNode {
  const [typed, setTyped] = useState('');
  const name = typed.trim();
  const replaces = views.some((view) => view.name === name);
  const save = (event: FormEvent): void => {
    event.preventDefault();
    if (name === '') return;
    onChange((saved) => withView(saved, { name, query }));
    onClose();
  };
  // The dialog closes, so that the toast can be reached.
  const remove = (view: SavedView): void => {
    onChange((saved) => withoutView(saved, view.name));
    onClose();
    toastWithUndo(`Deleted the view ${view.name}`, () => onChange((saved) => withView(saved, view)));
  };
  return (
    <Modal title="Views" onClose={onClose}>
      <form onSubmit={save} className={styles.save}>
        <label>
          Name for this view
          <input value={typed} maxLength={60} autoComplete="off" onChange={(event) => setTyped(event.target.value)} />
        </label>
        <button type="submit" data-kind="primary" disabled={name === ''}>
          {replaces ? 'Replace' : 'Save'}
        </button>
      </form>
      <p className={styles.note}>A view saves the filter, phases and sort order. It is kept in this browser.</p>
      {views.length > 0 && (
        <ul className={styles.views}>
          {views.map((view) => (
            <li key={view.name}>
              <input
                aria-label={`Rename ${view.name}`}
                defaultValue={view.name}
                maxLength={60}
                onBlur={({ target }) => {
                  const renamed = target.value.trim();
                  const taken = views.some((other) => other !== view && other.name === renamed);
                  if (renamed === '' || taken) target.value = view.name;
                  else if (renamed !== view.name)
                    onChange((saved) => withView(withoutView(saved, view.name), { ...view, name: renamed }));
                }}
              />
              <IconButton icon={Trash2} label={`Delete view ${view.name}`} onClick={() => remove(view)} />
            </li>
          ))}
        </ul>
      )}
      <CloseRow onClose={onClose} />
    </Modal>
  );
}

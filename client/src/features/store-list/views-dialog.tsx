import { Trash2 } from 'lucide-react';
import { type FormEvent, type ReactNode, useState } from 'react';
import { IconButton } from '../../ui/icon-button.tsx';
import { Modal } from '../../ui/modal.tsx';
import styles from './views-dialog.module.css';
import { type SavedView, withoutView, withView } from './views.ts';

interface ViewsDialogProps {
  views: readonly SavedView[];
  /** Parameters of the current view. */
  query: string;
  onChange: (views: SavedView[]) => void;
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
    onChange(withView(views, { name, query }));
    onClose();
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
                    onChange(withView(withoutView(views, view.name), { ...view, name: renamed }));
                }}
              />
              <IconButton
                icon={Trash2}
                label={`Delete view ${view.name}`}
                onClick={() => onChange(withoutView(views, view.name))}
              />
            </li>
          ))}
        </ul>
      )}
      <p className={styles.end}>
        <button type="button" onClick={onClose}>
          Close
        </button>
      </p>
    </Modal>
  );
}

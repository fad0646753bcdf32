import { Bookmark, Columns3 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { navigate, storesHref } from '../../lib/route.ts';
import { Menu, type MenuItem } from '../../ui/menu.tsx';
import { type ListQuery, toParams } from './arrange.ts';
import type { ColumnId } from './column-ids.ts';
import { type Column, COLUMNS } from './columns.tsx';
import { useViews } from './use-views.ts';
import { ViewsDialog } from './views-dialog.tsx';

/** Opens a saved view, saves the current one, or edits them. */
export function ViewsMenu({ query }: { query: ListQuery }): ReactNode {
  const { views, change } = useViews();
  const [editing, setEditing] = useState(false);
  const current = storesHref(toParams(query));
  const items: MenuItem[] = views.map((view) => {
    const href = view.query === '' ? storesHref() : `${storesHref()}?${view.query}`;
    return { label: view.name, checked: href === current, onSelect: () => navigate(href) };
  });
  return (
    <>
      <Menu
        label="Views"
        items={[
          ...items,
          { label: 'Save or edit views…', separated: items.length > 0, onSelect: () => setEditing(true) },
        ]}
      >
        <Bookmark aria-hidden />
      </Menu>
      {editing && (
        <ViewsDialog
          views={views}
          query={current.split('?')[1] ?? ''}
          onChange={change}
          onClose={() => setEditing(false)}
        />
      )}
    </>
  );
}

interface ColumnsMenuProps {
  shown: readonly Column[];
  onToggle: (id: ColumnId) => void;
}

/** Chooses the columns beside name and status. */
export function ColumnsMenu({ shown, onToggle }: ColumnsMenuProps): ReactNode {
  return (
    <Menu
      label="Columns"
      items={COLUMNS.map((column) => ({
        label: column.title,
        checked: shown.includes(column),
        several: true,
        onSelect: () => onToggle(column.id),
      }))}
    >
      <Columns3 aria-hidden />
    </Menu>
  );
}

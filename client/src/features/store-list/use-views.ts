import { useState } from 'react';
import { parseViews, type SavedView } from './views.ts';

const KEY = 'shopyard.views';

export type ViewsChange = (views: readonly SavedView[]) => SavedView[];

/** The saved views, kept in this browser. A change is made to those that are there by then. */
export function useViews(): { views: readonly SavedView[]; change: (to: ViewsChange) => void } {
  const [views, show] = useState<readonly SavedView[]>(() => parseViews(localStorage.getItem(KEY)));
  return {
    views,
    change(to) {
      const next = to(parseViews(localStorage.getItem(KEY)));
      localStorage.setItem(KEY, JSON.stringify(next));
      show(next);
    },
  };
}

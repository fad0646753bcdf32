import { useState } from 'react';
import { parseViews, type SavedView } from './views.ts';

const KEY = 'shopyard.views';

/** The saved views, kept in this browser. */
export function useViews(): { views: readonly SavedView[]; setViews: (views: SavedView[]) => void } {
  const [views, show] = useState<readonly SavedView[]>(() => parseViews(localStorage.getItem(KEY)));
  return {
    views,
    setViews(next) {
      localStorage.setItem(KEY, JSON.stringify(next));
      show(next);
    },
  };
}

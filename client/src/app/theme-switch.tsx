import { type ReactNode, useEffect, useState } from 'react';

type Theme = 'auto' | 'light' | 'dark';

const KEY = 'shopyard-theme';
const NEXT: Record<Theme, Theme> = { auto: 'light', light: 'dark', dark: 'auto' };
const LABEL: Record<Theme, string> = { auto: '◐', light: '☀', dark: '☾' };

/** Cycles the theme through auto (follows the system), light and dark; the choice is kept in local storage. */
export function ThemeSwitch(): ReactNode {
  const [theme, setTheme] = useState<Theme>(() => {
    const saved = localStorage.getItem(KEY);
    return saved === 'light' || saved === 'dark' ? saved : 'auto';
  });
  useEffect(() => {
    if (theme === 'auto') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
    localStorage.setItem(KEY, theme);
  }, [theme]);
  return (
    <button
      type="button"
      onClick={() => setTheme(NEXT[theme])}
      aria-label={`Theme: ${theme}. Change it`}
      title={`Theme: ${theme}`}
    >
      {LABEL[theme]}
    </button>
  );
}

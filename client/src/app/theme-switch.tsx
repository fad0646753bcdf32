import { Monitor, Moon, Sun } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { Menu } from '../ui/menu.tsx';

const KEY = 'shopyard-theme';
const THEMES = {
  auto: { label: 'System theme', icon: Monitor },
  light: { label: 'Light theme', icon: Sun },
  dark: { label: 'Dark theme', icon: Moon },
} as const;
type Theme = keyof typeof THEMES;
const ALL = ['auto', 'light', 'dark'] as const satisfies readonly Theme[];

/** Menu of themes. `auto` follows the system; the choice is kept in local storage. */
export function ThemeSwitch(): ReactNode {
  const [theme, setTheme] = useState<Theme>(() => ALL.find((one) => one === localStorage.getItem(KEY)) ?? 'auto');
  useEffect(() => {
    if (theme === 'auto') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
    localStorage.setItem(KEY, theme);
  }, [theme]);
  const Icon = THEMES[theme].icon;
  return (
    <Menu
      label={`Theme: ${THEMES[theme].label}`}
      items={ALL.map((one) => ({ ...THEMES[one], checked: one === theme, onSelect: () => setTheme(one) }))}
    >
      <Icon aria-hidden />
    </Menu>
  );
}

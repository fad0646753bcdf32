/**
 * Every key of the dashboard, by where it works. What acts on a key takes its name from here, so that none is missing in the
 * help. Menus and the YAML editor have the keys of their kind.
 */

interface Shortcut {
  /** As in `KeyboardEvent.key`; `mod+k` means ⌘K on Apple's keyboards and Ctrl+K on others. */
  keys: readonly string[];
  what: string;
}

interface Place {
  title: string;
  shortcuts: readonly Shortcut[];
}

export const SHORTCUTS = {
  page: {
    title: 'On every page',
    shortcuts: [
      { keys: ['mod+k'], what: 'Go to a store or a page, or act on a store' },
      { keys: ['/'], what: 'Filter stores' },
      { keys: ['n'], what: 'New store' },
      { keys: ['?'], what: 'Show this help' },
      { keys: ['Escape'], what: 'Close a dialog, a menu, or the store beside the list' },
    ],
  },
  filter: {
    title: 'While filtering stores',
    shortcuts: [
      { keys: ['Enter'], what: 'Open the first match' },
      { keys: ['ArrowDown'], what: 'Move to the rows' },
      { keys: ['Escape'], what: 'Clear the filter' },
    ],
  },
  list: {
    title: 'In the list',
    shortcuts: [
      {
        keys: ['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End'],
        what: 'Move; with Shift, also select the rows on the way',
      },
      { keys: ['Enter'], what: "Open the store's page; on wide screens, a click opens the store beside the list" },
      { keys: [' '], what: 'Select the store; with Shift, also all rows since the last selected one' },
      { keys: ['Delete'], what: 'Delete the store, or all selected stores' },
    ],
  },
  search: {
    title: 'While searching a log',
    shortcuts: [{ keys: ['Enter'], what: 'Next match; with Shift, the previous one' }],
  },
  log: {
    title: 'In a log',
    shortcuts: [
      { keys: ['ArrowUp', 'ArrowDown'], what: 'Move from line to line' },
      { keys: ['Enter'], what: 'Copy the line' },
    ],
  },
  plot: {
    title: 'On a plot',
    shortcuts: [
      { keys: ['ArrowLeft', 'ArrowRight', 'Home', 'End'], what: 'Show the values at another time' },
      { keys: ['Escape'], what: 'Hide them' },
    ],
  },
} as const satisfies Record<string, Place>;

/** Names of the keys that work at a place. */
export type KeyOf<At extends keyof typeof SHORTCUTS> = (typeof SHORTCUTS)[At]['shortcuts'][number]['keys'][number];

/** What keys do, by their names; a place has an entry for each of its keys. */
export type KeyActs<Key extends string> = Readonly<Record<Key, (() => void) | undefined>>;

/** Undefined for a key that does nothing here. */
export function actOf(acts: Readonly<Record<string, (() => void) | undefined>>, key: string): (() => void) | undefined {
  return Object.hasOwn(acts, key) ? acts[key] : undefined;
}

const NAMES: Readonly<Record<string, string>> = {
  ' ': 'Space',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  PageUp: 'Page Up',
  PageDown: 'Page Down',
  Escape: 'Esc',
};

/** As it is printed on a keyboard. `platform`: as in `navigator.platform`. */
export function formatKey(key: string, platform: string): string {
  if (key.startsWith('mod+')) return `${/Mac|iP(hone|ad)/.test(platform) ? '⌘' : 'Ctrl '}${key.slice(4).toUpperCase()}`;
  return NAMES[key] ?? key;
}

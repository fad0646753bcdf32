import { useEffect } from 'react';

/**
 * Page-wide keyboard shortcuts, ignored while a dialog or a menu is open. Those of a single key are ignored while the user types in
 * a field; `mod+k` means ⌘K on Apple's keyboards and Ctrl+K on others.
 */
export function useShortcuts(actions: Readonly<Record<string, () => void>>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const modified = event.ctrlKey || event.metaKey;
      if (
        event.altKey ||
        (!modified && isTyping(event.target)) ||
        document.querySelector('dialog[open], :popover-open')
      )
        return;
      const action = actions[`${modified ? 'mod+' : ''}${event.key}`];
      if (!action) return;
      event.preventDefault();
      action();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [actions]);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && target.type !== 'checkbox' && target.type !== 'radio')
  );
}

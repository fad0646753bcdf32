import { useEffect } from 'react';
import { actOf, type KeyOf } from './shortcuts.ts';

/**
 * Page-wide keyboard shortcuts, ignored while a dialog or a menu is open. Those of a single key are ignored while the user
 * types in a field.
 */
export function useShortcuts(acts: Readonly<Partial<Record<KeyOf<'page'>, () => void>>>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const modified = event.ctrlKey || event.metaKey;
      if (
        event.altKey ||
        (!modified && isTyping(event.target)) ||
        document.querySelector('dialog[open], :popover-open')
      )
        return;
      const act = actOf(acts, `${modified ? 'mod+' : ''}${event.key}`);
      if (!act) return;
      event.preventDefault();
      act();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [acts]);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && target.type !== 'checkbox' && target.type !== 'radio')
  );
}

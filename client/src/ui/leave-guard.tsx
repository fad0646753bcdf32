import { type ReactNode, useEffect, useState } from 'react';
import { holdPage, leaveTo } from '../lib/route.ts';
import { useLeaveWarning } from '../lib/use-leave-warning.ts';
import { Modal } from './modal.tsx';
import styles from './modal.module.css';

/** While active, asks before the page is left. The browser's Back doesn't ask. */
export function LeaveGuard({ active }: { active: boolean }): ReactNode {
  const [href, setHref] = useState<string>();
  useLeaveWarning(active);
  useEffect(() => (active ? holdPage(setHref) : undefined), [active]);
  if (href === undefined) return null;
  const leave = (): void => {
    setHref(undefined);
    leaveTo(href);
  };
  return (
    <Modal title="Discard unsaved changes?" onClose={() => setHref(undefined)}>
      <p>Your changes were not applied.</p>
      <p className={styles.buttons}>
        <button type="button" onClick={() => setHref(undefined)}>
          Keep editing
        </button>
        <button type="button" data-kind="danger" onClick={leave}>
          Discard
        </button>
      </p>
    </Modal>
  );
}

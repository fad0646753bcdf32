import { type ReactNode, useEffect, useState } from 'react';
import { holdPage, leaveTo } from '../lib/route.ts';
import { enterSpareEntry, watchBack } from '../lib/spare-entry.ts';
import { useLeaveWarning } from '../lib/use-leave-warning.ts';
import { Modal } from './modal.tsx';
import styles from './modal.module.css';

type Way = { href: string } | 'back';

/** While active, asks before the page is left: by a link, Back, or a reload. */
export function LeaveGuard({ active }: { active: boolean }): ReactNode {
  const [way, setWay] = useState<Way>();
  const [leaving, setLeaving] = useState(false);
  const holding = active && !leaving;
  useLeaveWarning(holding);
  useEffect(() => (holding ? holdPage((href) => setWay({ href })) : undefined), [holding]);
  useEffect(() => {
    if (holding) enterSpareEntry();
    // Without edits, the spare entry is passed over.
    return watchBack(() => (holding ? setWay('back') : history.back()));
  }, [holding]);
  // Only now does the browser no longer ask by itself.
  useEffect(() => {
    if (leaving) history.back();
  }, [leaving]);
  if (way === undefined) return null;
  const keep = (): void => {
    setWay(undefined);
    enterSpareEntry();
  };
  const leave = (): void => {
    setWay(undefined);
    if (way === 'back') setLeaving(true);
    else leaveTo(way.href);
  };
  return (
    <Modal title="Discard unsaved changes?" onClose={keep}>
      <p>Your changes haven't been applied.</p>
      <p className={styles.buttons}>
        <button type="button" onClick={keep}>
          Keep editing
        </button>
        <button type="button" data-kind="danger" onClick={leave}>
          Discard
        </button>
      </p>
    </Modal>
  );
}

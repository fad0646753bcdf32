import { type ReactNode, useEffect, useId, useRef } from 'react';
import styles from './create-store.module.css';

interface DiscardQuestionProps {
  onKeep: () => void;
  onDiscard: () => void;
}

/** Asks within the dialog, so that what was typed stays in view. */
export function DiscardQuestion({ onKeep, onDiscard }: DiscardQuestionProps): ReactNode {
  const keep = useRef<HTMLButtonElement>(null);
  const id = useId();
  useEffect(() => keep.current?.focus(), []);
  return (
    <div role="alertdialog" aria-labelledby={id} className={styles.question}>
      <p id={id}>Discard what you typed?</p>
      <button ref={keep} type="button" onClick={onKeep}>
        Keep editing
      </button>
      <button type="button" data-kind="danger" onClick={onDiscard}>
        Discard
      </button>
    </div>
  );
}

import type { EngineView } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import styles from './create-store.module.css';

interface SizeChoiceProps {
  engine: EngineView | undefined;
  size: string;
  onChange: (size: string) => void;
}

/** Choice of the engine's sizes: CPU, memory and disk of a store. */
export function SizeChoice({ engine, size, onChange }: SizeChoiceProps): ReactNode {
  const parts = engine?.components.filter(({ role }) => role !== 'task').map(({ title }) => title) ?? [];
  return (
    <fieldset className={styles.sizes}>
      <legend>Size</legend>
      {engine?.sizes.map(({ name, cpu, memory, storage }) => (
        <label key={name} data-chosen={size === name}>
          <input type="radio" name="size" value={name} checked={size === name} onChange={() => onChange(name)} />
          <b>{name}</b>
          <small>CPU {cpu}</small>
          <small>memory up to {memory}</small>
          <small>disk {storage}</small>
        </label>
      ))}
      <p className={styles.hint}>Each figure is {parts.join(' + ')}.</p>
    </fieldset>
  );
}

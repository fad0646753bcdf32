import type { ReactNode } from 'react';
import { trpc } from '../../live/trpc.ts';
import styles from './create-store.module.css';

/** Choice of the chart's sizes: CPU, memory and disk of a store. */
export function SizeChoice({ size, onChange }: { size: string; onChange: (size: string) => void }): ReactNode {
  const { data } = trpc.platform.chart.useQuery(undefined, { staleTime: Infinity });
  return (
    <fieldset className={styles.sizes}>
      <legend>Size</legend>
      {data?.sizes.map(({ name, cpu, memory, storage }) => (
        <label key={name} data-chosen={size === name}>
          <input type="radio" name="size" value={name} checked={size === name} onChange={() => onChange(name)} />
          <b>{name}</b>
          <small>CPU {cpu}</small>
          <small>memory up to {memory}</small>
          <small>disk {storage}</small>
        </label>
      ))}
      <p className={styles.hint}>Each figure is WordPress + database.</p>
    </fieldset>
  );
}

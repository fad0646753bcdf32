import type { ShownRevision } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import { setParams } from '../../lib/route.ts';
import { type Compared, Comparison } from './comparison.tsx';
import { usePanelFocus } from './use-panel-focus.ts';
import styles from './revisions.module.css';

type ComparePanelProps = Compared & { revisions: readonly ShownRevision[]; from: number; to: number };

/** Any two generations beside each other. The address keeps which. */
export function ComparePanel({ revisions, from, to, ...compared }: ComparePanelProps): ReactNode {
  const heading = usePanelFocus();
  const generations = revisions.map(({ generation }) => generation);
  const choose = (side: 'from' | 'to', label: string, chosen: number): ReactNode => (
    <label>
      {label}{' '}
      <select value={chosen} onChange={({ target }) => setParams({ [side]: target.value })}>
        {[...new Set([chosen, ...generations])]
          .toSorted((a, b) => b - a)
          .map((generation) => (
            <option key={generation} value={generation}>
              Generation {generation}
            </option>
          ))}
      </select>
    </label>
  );
  return (
    <section aria-label="Comparison" className={styles.panel}>
      <h3 ref={heading} tabIndex={-1}>
        Compare
      </h3>
      <div className={styles.choice}>
        {choose('from', 'From', from)}
        {choose('to', 'To', to)}
        <button type="button" data-size="small" onClick={() => setParams({ from: undefined, to: undefined })}>
          Close
        </button>
      </div>
      <Comparison {...compared} from={from} to={to} />
    </section>
  );
}

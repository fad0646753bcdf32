import type { Store } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import styles from './settings.module.css';

interface ChartOfferProps {
  chart: Store['chart'];
  disabled: boolean;
  onReview: (version: string) => void;
}

/** Another chart than the one that the store is kept at: nothing takes it but a person. */
export function ChartOffer({ chart, disabled, onReview }: ChartOfferProps): ReactNode {
  const { version, update } = chart ?? {};
  if (update === undefined) return null;
  const name = update === version ? `A changed chart ${update}` : `Chart ${update}`;
  return (
    <section aria-label="Chart" className={styles.notice}>
      <p>
        <strong>{name} is available.</strong> This store uses chart {version} until you change that.
      </p>
      <p>
        <button type="button" data-size="small" disabled={disabled} onClick={() => onReview(update)}>
          Review chart {update}
        </button>
      </p>
    </section>
  );
}

import type { ReactNode } from 'react';
import styles from './meter.module.css';

/** From this share on there is little room. */
const NEARLY = 0.8;

interface MeterProps {
  label: string;
  used: number;
  /** Undefined for no limit: then there is no bar. */
  most: number | undefined;
}

/** How much of what is limited is used, in numbers and as a bar. */
export function Meter({ label, used, most }: MeterProps): ReactNode {
  const share = most === undefined ? 0 : most === 0 ? 1 : Math.min(1, used / most);
  const tone = share >= 1 ? 'bad' : share >= NEARLY ? 'warn' : 'good';
  return (
    <div className={styles.meter} data-tone={tone}>
      <span>
        {label}
        <b>{most === undefined ? `${used}, no limit` : `${used} of ${most}${share >= 1 ? ', full' : ''}`}</b>
      </span>
      {most !== undefined && (
        <span className={styles.track} aria-hidden>
          <i className={styles.fill} style={{ inlineSize: `${share * 100}%` }} />
        </span>
      )}
    </div>
  );
}

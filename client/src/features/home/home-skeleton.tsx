import type { ReactNode } from 'react';
import { Bar } from '../../ui/skeleton.tsx';
import styles from './home.module.css';

const ENTRIES = [30, 38, 26, 34, 42, 28];

/** The cards that follow the first one, before the overview arrives. */
export function HomeSkeleton(): ReactNode {
  return (
    <>
      <Card title={26}>
        <dl className={styles.room}>
          {[5, 6, 5].map((chars, at) => (
            // oxlint-disable-next-line react/no-array-index-key -- placeholders have no identity
            <div key={at}>
              <dt>
                <Bar chars={chars} />
              </dt>
              <dd>
                <Bar chars={3} />
              </dd>
            </div>
          ))}
        </dl>
        <Meter />
        <Meter />
        <p className={styles.note}>
          <Bar chars={30} />
        </p>
      </Card>
      <Card title={14} size="wide">
        <ol className={styles.activity}>
          {ENTRIES.map((chars) => (
            <li key={chars}>
              <span>
                <Bar chars={chars} />
              </span>
            </li>
          ))}
        </ol>
      </Card>
      <Card title={14}>
        <p>
          <Bar chars={24} />
        </p>
      </Card>
      <Card title={14} size="half">
        <p>
          <Bar chars={16} />
        </p>
        <div className={styles.plot} />
      </Card>
      <Card title={12} size="half">
        <p>
          <Bar chars={40} />
        </p>
        <div className={styles.plot} />
      </Card>
    </>
  );
}

/** `title`: its width in characters. */
function Card({ title, size, children }: { title: number; size?: 'wide' | 'half'; children: ReactNode }): ReactNode {
  return (
    <div className={styles.card} data-wide={size === 'wide'} data-half={size === 'half'} aria-hidden>
      {/* No heading: the page's focus would go there. */}
      <div className={styles.pending}>
        <Bar chars={title} />
      </div>
      {children}
    </div>
  );
}

function Meter(): ReactNode {
  return (
    <div className={styles.meter}>
      {/* A line of text; the bars in a meter are its own. */}
      <span>&nbsp;</span>
      <div />
    </div>
  );
}

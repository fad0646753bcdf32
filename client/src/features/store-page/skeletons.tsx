/** What a store's page is like before its data arrives. */
import type { ReactNode } from 'react';
import { Bar, Skeleton } from '../../ui/skeleton.tsx';
import styles from './store-page.module.css';
import shapes from './skeletons.module.css';

/** Widths in characters, which wrap as the buttons and the address do. */
const BUTTONS = [9, 8, 13, 10, 11, 7, 3];

/** Name, address, versions and actions. */
export function HeaderSkeleton(): ReactNode {
  return (
    <header className={styles.header} aria-hidden>
      <div className={styles.title}>
        {/* No heading: the page's focus would go there. */}
        <p className={styles.name}>
          <Bar chars={10} />
        </p>
        <p className={styles.facts}>
          <Bar chars={70} />
        </p>
        <p className={styles.facts}>
          <Bar chars={36} />
        </p>
      </div>
      <div className={styles.actions}>
        {BUTTONS.map((chars) => (
          <span key={chars} className={shapes.button}>
            <Bar chars={chars} />
          </span>
        ))}
      </div>
    </header>
  );
}

/** A section of the overview. */
export function SectionSkeleton(): ReactNode {
  return (
    <section aria-hidden>
      <h3>
        <Bar chars={12} />
      </h3>
      <Skeleton lines={[100, 80, 90, 70, 85]} />
    </section>
  );
}

export function TabSkeleton({ tab }: { tab: string }): ReactNode {
  if (tab === 'settings') return <FormSkeleton />;
  if (tab === 'logs') return <LogSkeleton />;
  if (tab !== '') return <Skeleton lines={[40, 100, 90, 95, 85, 100]} />;
  return (
    <div className={styles.columns}>
      <SectionSkeleton />
      <SectionSkeleton />
      <SectionSkeleton />
    </div>
  );
}

/** Form or YAML, then groups of fields. */
export function FormSkeleton(): ReactNode {
  return (
    <div className={shapes.form} aria-hidden>
      <p className={shapes.mode} />
      <div className={shapes.groups}>
        {[4, 3, 2].map((fields) => (
          <div key={fields} className={shapes.group}>
            <b>
              <Bar chars={10} />
            </b>
            {Array.from({ length: fields }, (_, at) => (
              <p key={at} className={shapes.field}>
                <Bar chars={14} />
                <i />
                <Bar chars={40} />
              </p>
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}

/** The choice of a container, the search, the options, and the box of lines. */
function LogSkeleton(): ReactNode {
  return (
    <div aria-hidden>
      <p className={shapes.line}>
        <Bar chars={40} />
      </p>
      <p className={shapes.line}>
        <Bar chars={60} />
      </p>
      <p className={shapes.line}>
        <Bar chars={50} />
      </p>
      <div className={shapes.log}>
        <Skeleton lines={[60, 80, 45, 70, 65, 90, 50]} />
      </div>
    </div>
  );
}

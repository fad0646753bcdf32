import type { Pod } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import styles from './store-detail.module.css';

export function PodList({ pods }: { pods: Pod[] }): ReactNode {
  return (
    <section aria-label="Pods">
      <h3>Pods</h3>
      {pods.length === 0 && <p className={styles.detail}>None yet.</p>}
      <ul className={styles.list}>
        {pods.map((pod) => {
          const finished = pod.phase === 'Succeeded';
          return (
            <li key={pod.name}>
              <span
                className={styles.mark}
                data-done={pod.ready || finished}
                data-failed={pod.reason !== undefined}
                aria-hidden
              >
                {pod.ready || finished ? '✓' : '◌'}
              </span>
              <span className={styles.name}>{pod.name}</span>
              <span className={styles.aside}>
                {pod.reason ?? (pod.ready ? 'Ready' : pod.phase)}
                {pod.restarts > 0 && `, ${pod.restarts} restart${pod.restarts === 1 ? '' : 's'}`}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

import type { Pod, Store } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import { useEngine } from '../../live/engines.ts';
import { setParams, useRoute } from '../../lib/route.ts';
import { LogView } from './log-view.tsx';
import styles from './logs.module.css';

export interface LogsTabProps {
  store: Pick<Store, 'id' | 'name' | 'engine'>;
  pods: Pod[];
}

const parse = (choice: string): { pod: string; container: string } => {
  const [pod = '', container = ''] = choice.split('/');
  return { pod, container };
};

/** Log of one container. The address names the pod and container, so that links can open it. */
export function LogsTab({ store: { id, name, engine }, pods }: LogsTabProps): ReactNode {
  const { params } = useRoute();
  const all = pods.flatMap((pod) => pod.containers.map((container) => ({ pod, container })));
  const asked = params.get('pod') ?? '';
  const web = useEngine(engine)?.components.find(({ role }) => role === 'web');
  const usual = all.find(({ pod, container }) => pod.component === web?.name && !container.init) ?? all[0];
  const chosen = all.find(({ pod, container }) => pod.name === asked && container.name === params.get('container'));
  const { pod, container } = chosen ?? (asked === '' ? usual : undefined) ?? {};
  const previous = params.get('previous') === '1';
  if (all.length === 0) return <p>No pods yet. Logs appear once there is one.</p>;

  return (
    <section aria-label="Logs" className={styles.logs}>
      <p className={styles.choice}>
        <label>
          Container{' '}
          <select
            value={pod && container ? `${pod.name}/${container.name}` : ''}
            onChange={(event) => setParams({ ...parse(event.target.value), previous: undefined })}
          >
            {!pod && <option value="">{asked} is gone</option>}
            {all.map((one) => (
              <option key={`${one.pod.name}/${one.container.name}`} value={`${one.pod.name}/${one.container.name}`}>
                {one.pod.name} / {one.container.name}
              </option>
            ))}
          </select>
        </label>
        <label>
          <input
            type="checkbox"
            checked={previous}
            onChange={(event) => setParams({ previous: event.target.checked ? '1' : undefined })}
          />{' '}
          previous run
        </label>
      </p>
      {pod && container ? (
        // A restarted container has a new log.
        <LogView
          key={`${pod.name}/${container.name}/${String(previous)}/${container.restarts}`}
          id={id}
          store={name}
          pod={pod.name}
          container={container.name}
          previous={previous}
        />
      ) : (
        <p>Pod {asked} is gone, and so is its log. Choose another container.</p>
      )}
    </section>
  );
}

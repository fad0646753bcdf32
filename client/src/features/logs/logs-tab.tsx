import type { Pod, Store } from '@shopyard/contracts';
import { type ReactNode, useMemo } from 'react';
import { setParams, useRoute } from '../../lib/route.ts';
import { readLogParams } from './log-params.ts';
import { type LogSource, MAX_FOLLOWED, toSources } from './log-sources.ts';
import { LogView } from './log-view.tsx';
import styles from './logs.module.css';

export interface LogsTabProps {
  store: Pick<Store, 'id' | 'name' | 'namespace'>;
  pods: Pod[];
}

const valueOf = ({ pod, container }: Pick<LogSource, 'pod' | 'container'>): string => `${pod}/${container}`;

/** Logs of all containers of a store, or of one. The address says what is shown, so that a link shows the same. */
export function LogsTab({ store, pods }: LogsTabProps): ReactNode {
  const { params } = useRoute();
  const shape = JSON.stringify(pods.map(({ name, containers }) => [name, containers]));
  // Every change of the store pushes its pods again.
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  const all = useMemo(() => toSources(pods), [shape]);
  const pod = params.get('pod') ?? '';
  const container = params.get('container') ?? '';
  const chosen = useMemo(
    () =>
      pod === '' ? all : all.filter((one) => one.pod === pod && (container === '' || one.container === container)),
    [all, pod, container],
  );
  const read = readLogParams(params);
  const isOne = pod !== '';
  const view = { ...read, previous: read.previous && isOne };
  if (all.length === 0) return <p>No pods yet. Logs appear once one starts.</p>;
  // A range is also a question to the server.
  const { last, from } = view.range;
  const key = [pod, container, String(view.previous), last, from, ...(isOne ? chosen.map((one) => one.key) : [])].join(
    ' ',
  );
  const file = isOne ? `${store.name}-${pod}-${container}` : `${store.name}-logs`;

  return (
    <section aria-label="Logs" className={styles.logs}>
      <div className={styles.choice}>
        <label>
          Container{' '}
          <select
            value={isOne ? valueOf({ pod, container }) : ''}
            onChange={({ target }) => {
              const [chosenPod = '', chosenContainer = ''] = target.value.split('/');
              setParams({ pod: chosenPod, container: chosenContainer, previous: undefined });
            }}
          >
            <option value="">All containers</option>
            {isOne && chosen.length === 0 && <option value={valueOf({ pod, container })}>{pod} is gone</option>}
            {all.map((one) => (
              <option key={one.key} value={valueOf(one)}>
                {one.pod} / {one.container}
              </option>
            ))}
          </select>
        </label>
        {isOne && (
          <label>
            <input
              type="checkbox"
              checked={view.previous}
              onChange={({ target }) => setParams({ previous: target.checked ? '1' : undefined })}
            />
            Previous run
          </label>
        )}
        {!isOne && all.length > MAX_FOLLOWED && (
          <span className={styles.count}>
            Only {MAX_FOLLOWED} of {all.length} logs are followed at once, running containers first.
          </span>
        )}
      </div>
      {chosen.length > 0 ? (
        <LogView key={key} store={store} sources={chosen} params={view} file={file} />
      ) : (
        <p>Pod {pod} is gone, and so is its log. Choose another container.</p>
      )}
    </section>
  );
}

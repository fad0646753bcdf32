import type { Claim, Container, Pod, Store, Workload } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import { useMay } from '../../live/caller.tsx';
import { useEngine } from '../../live/engines.ts';
import { storeHref } from '../../lib/route.ts';
import styles from './topology.module.css';
import { partTone } from './part-tone.ts';
import type { StoreDetail } from './use-store-detail.ts';

/** Tree of namespace → workloads → pods → containers, and volumes, each with its state. */
export function Topology({ detail: { store, pods, workloads, claims } }: { detail: StoreDetail }): ReactNode {
  const order = useEngine(store.engine)?.components.map(({ name }) => name) ?? [];
  const components = [...new Set([...workloads, ...pods].map(({ component }) => component))].toSorted(
    (a, b) => order.indexOf(a) - order.indexOf(b),
  );
  return (
    <section aria-label="Topology" className={styles.topology}>
      <h3>Resources</h3>
      <div className={styles.tree}>
        <p className={styles.node}>
          <Kind>Namespace</Kind> {store.namespace}
        </p>
        <ul>
          {components.map((component) => (
            <Component
              key={component}
              store={store}
              workloads={workloads.filter((workload) => workload.component === component)}
              pods={pods.filter((pod) => pod.component === component)}
            />
          ))}
          {claims.map((claim) => (
            <ClaimNode key={claim.name} store={store} claim={claim} />
          ))}
          {components.length === 0 && claims.length === 0 && <li>Nothing yet.</li>}
        </ul>
      </div>
    </section>
  );
}

interface ComponentProps {
  store: Store;
  /** Workloads of one component; only the newest job is shown. */
  workloads: Workload[];
  pods: Pod[];
}

function Component({ store, workloads, pods }: ComponentProps): ReactNode {
  const workload = workloads.at(-1);
  const isSuspended = store.suspended === true && pods.length === 0;
  return (
    <li>
      {workload && (
        <p
          className={styles.node}
          data-state={isSuspended ? 'quiet' : partTone({ kind: 'workload', part: workload }, store)}
        >
          <Kind>{workload.kind}</Kind> {workload.name}
          <span className={styles.state}>{isSuspended ? 'suspended' : describeWorkload(workload)}</span>
        </p>
      )}
      <ul>
        {pods.map((pod) => (
          <PodNode key={pod.name} store={store} pod={pod} />
        ))}
      </ul>
    </li>
  );
}

function describeWorkload({ failed, ready, kind }: Workload): string {
  if (failed) return 'failed';
  if (!ready) return 'not ready';
  return kind === 'Job' ? 'complete' : 'ready';
}

function PodNode({ store, pod }: { store: Store; pod: Pod }): ReactNode {
  const mayReadLogs = useMay('stores.logs', store);
  return (
    <li>
      <p className={styles.node} data-state={partTone({ kind: 'pod', part: pod }, store)}>
        <Kind>Pod</Kind> {pod.name}
        <span className={styles.state}>{pod.reason ?? (pod.ready ? 'ready' : pod.phase.toLowerCase())}</span>
      </p>
      <ul>
        {pod.containers.map((container) => (
          <li key={container.name}>
            <p className={styles.node} data-state={partTone({ kind: 'container', part: container }, store)}>
              <Kind>{container.init ? 'Init' : 'Container'}</Kind>{' '}
              {mayReadLogs ? (
                <a href={storeHref(store.id, { tab: 'logs', pod: pod.name, container: container.name })}>
                  {container.name}
                </a>
              ) : (
                container.name
              )}
              <span className={styles.state}>{describeContainer(container)}</span>
            </p>
          </li>
        ))}
      </ul>
    </li>
  );
}

function describeContainer({ state, reason, exitCode, restarts, ready }: Container): string {
  const now = state === 'running' ? (ready ? 'ready' : 'running, not ready') : (reason ?? state);
  const ended = exitCode !== undefined && exitCode !== 0 ? `, exit code ${exitCode}` : '';
  const again = restarts > 0 ? `, ${restarts} restart${restarts === 1 ? '' : 's'}` : '';
  return now + ended + again;
}

function ClaimNode({ store, claim }: { store: Store; claim: Claim }): ReactNode {
  const { name, phase, capacity, terminating } = claim;
  return (
    <li>
      <p className={styles.node} data-state={partTone({ kind: 'volume', part: claim }, store)}>
        <Kind>Volume</Kind> {name}
        <span className={styles.state}>
          {terminating ? 'being deleted' : phase.toLowerCase()}
          {capacity && `, ${capacity}`}
        </span>
      </p>
    </li>
  );
}

function Kind({ children }: { children: string }): ReactNode {
  return <span className={styles.kind}>{children}</span>;
}

import type { Claim, Container, Pod, Workload } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import { storeHref } from '../../lib/route.ts';
import styles from './topology.module.css';
import type { StoreDetail } from './use-store-detail.ts';

/** Tasks that come and go are shown after what runs. */
const ORDER = ['wordpress', 'mariadb', 'setup', 'cron'];

/** Namespace → workloads → pods → containers, and the volumes, each with how it is. */
export function Topology({ detail: { store, pods, workloads, claims } }: { detail: StoreDetail }): ReactNode {
  const components = [...new Set([...workloads, ...pods].map(({ component }) => component))].toSorted(
    (a, b) => ORDER.indexOf(a) - ORDER.indexOf(b),
  );
  return (
    <section aria-label="Topology" className={styles.topology}>
      <h3>What it consists of</h3>
      <div className={styles.tree}>
        <p className={styles.node}>
          <Kind>Namespace</Kind> {store.namespace}
        </p>
        <ul>
          {components.map((component) => (
            <Component
              key={component}
              id={store.id}
              workloads={workloads.filter((workload) => workload.component === component)}
              pods={pods.filter((pod) => pod.component === component)}
            />
          ))}
          {claims.map((claim) => (
            <ClaimNode key={claim.name} claim={claim} />
          ))}
          {components.length === 0 && claims.length === 0 && <li>Nothing yet.</li>}
        </ul>
      </div>
    </section>
  );
}

/** Of the jobs of one kind only the newest is told. */
function Component({ id, workloads, pods }: { id: string; workloads: Workload[]; pods: Pod[] }): ReactNode {
  const workload = workloads.at(-1);
  return (
    <li>
      {workload && (
        <p className={styles.node} data-state={workload.failed ? 'bad' : workload.ready ? 'good' : 'busy'}>
          <Kind>{workload.kind}</Kind> {workload.name}
          <span className={styles.state}>
            {workload.failed
              ? 'failed'
              : workload.ready
                ? workload.kind === 'Job'
                  ? 'complete'
                  : 'ready'
                : 'not ready'}
          </span>
        </p>
      )}
      <ul>
        {pods.map((pod) => (
          <PodNode key={pod.name} id={id} pod={pod} />
        ))}
      </ul>
    </li>
  );
}

function PodNode({ id, pod }: { id: string; pod: Pod }): ReactNode {
  const finished = pod.phase === 'Succeeded';
  return (
    <li>
      <p className={styles.node} data-state={pod.reason ? 'bad' : pod.ready || finished ? 'good' : 'busy'}>
        <Kind>Pod</Kind> {pod.name}
        <span className={styles.state}>{pod.reason ?? (pod.ready ? 'ready' : pod.phase.toLowerCase())}</span>
      </p>
      <ul>
        {pod.containers.map((container) => (
          <li key={container.name}>
            <p className={styles.node} data-state={stateOf(container)}>
              <Kind>{container.init ? 'Init' : 'Container'}</Kind>{' '}
              <a href={storeHref(id, { tab: 'logs', pod: pod.name, container: container.name })}>{container.name}</a>
              <span className={styles.state}>{wordsOf(container)}</span>
            </p>
          </li>
        ))}
      </ul>
    </li>
  );
}

function stateOf({ ready, state, exitCode = 0, reason }: Container): string {
  if (ready || (state === 'terminated' && exitCode === 0)) return 'good';
  return exitCode !== 0 || (reason !== undefined && !/^(PodInitializing|ContainerCreating)$/.test(reason))
    ? 'bad'
    : 'busy';
}

function wordsOf({ state, reason, exitCode, restarts, ready }: Container): string {
  const now = state === 'running' ? (ready ? 'ready' : 'running, not ready') : (reason ?? state);
  const ended = exitCode !== undefined && exitCode !== 0 ? `, exit code ${exitCode}` : '';
  const again = restarts > 0 ? `, ${restarts} restart${restarts === 1 ? '' : 's'}` : '';
  return now + ended + again;
}

function ClaimNode({ claim: { name, phase, capacity, terminating } }: { claim: Claim }): ReactNode {
  return (
    <li>
      <p className={styles.node} data-state={terminating ? 'bad' : phase === 'Bound' ? 'good' : 'busy'}>
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

/** The node: one worker per pod assigned to it. */
import type { ResourceMap } from '../objects.ts';
import type { NodeServices } from './pod-on-node.ts';
import { PodWorker } from './pod-worker.ts';

export interface Kubelet {
  /** The worker of a pod, for its logs and its HTTP. */
  worker(podUid: string): PodWorker | undefined;
  stop(): void;
}

export function startKubelet(node: NodeServices): Kubelet {
  const { store } = node.registry;
  const workers = new Map<string, PodWorker>();

  const look = (pod: ResourceMap['pods']): void => {
    const { uid, deletionTimestamp } = pod.metadata;
    let worker = workers.get(uid);
    if (!worker && pod.spec?.nodeName && !isFinished(pod)) {
      worker = new PodWorker(pod, node);
      workers.set(uid, worker);
      if (!deletionTimestamp) worker.start();
    }
    if (deletionTimestamp) worker?.stop();
  };
  const forget = (pod: ResourceMap['pods']): void => {
    workers.get(pod.metadata.uid)?.abandon();
    workers.delete(pod.metadata.uid);
    node.logs.forget(pod.metadata.uid);
  };

  const unsubscribe = store.subscribe(({ type, plural, object }) => {
    if (plural !== 'pods') return;
    // The subscription is for pods.
    if (type === 'DELETED') forget(object as ResourceMap['pods']);
    // The subscription is for pods.
    else look(object as ResourceMap['pods']);
  });
  for (const pod of store.list('pods')) look(pod);
  return {
    worker: (uid) => workers.get(uid),
    stop() {
      unsubscribe();
      for (const worker of workers.values()) worker.abandon();
    },
  };
}

function isFinished(pod: ResourceMap['pods']): boolean {
  return pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';
}

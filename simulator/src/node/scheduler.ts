/** Assigns pods to the node, and reports why when it can't. */
import type { Controller } from '../controllers/controller.ts';
import { podTotal } from '../apiserver/admission/limits.ts';
import { parseQuantity } from '../apiserver/admission/quantity.ts';
import { claimsOf } from '../controllers/volumes.ts';
import type { ResourceMap } from '../objects.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import { failureOf } from './fault-injection.ts';

const SCHEDULE_MS = 60;
const RETRY_MS = 5000;

export const schedulerController: Controller = {
  plural: 'pods',
  reconcile({ namespace, name }, context) {
    const { registry, store, clock, events } = context;
    const pod = store.get('pods', namespace, name);
    if (!pod || pod.spec?.nodeName || pod.metadata.deletionTimestamp) return;
    const ref = { plural: 'pods', namespace, name } as const;
    const node = store.list('nodes')[0];
    const reason = node ? whyNot(pod, node, store) : 'no nodes available to schedule pods';
    if (reason) {
      const message = `0/1 nodes are available: ${reason}. preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.`;
      events.record(pod, { type: 'Warning', reason: 'FailedScheduling', message, from: 'default-scheduler' });
      registry.patch(ref, (draft) =>
        setScheduled(draft, { status: 'False', reason: 'Unschedulable', message, now: clock.timestamp() }),
      );
      return context.requeueAfter(RETRY_MS);
    }
    clock.after(SCHEDULE_MS, () => {
      const current = store.get('pods', namespace, name);
      if (!current || current.metadata.uid !== pod.metadata.uid || current.spec?.nodeName || !node) return;
      registry.patch(ref, (draft) => {
        if (draft.spec) draft.spec.nodeName = node.metadata.name;
        setScheduled(draft, { status: 'True', now: clock.timestamp() });
      });
      const message = `Successfully assigned ${namespace}/${name} to ${node.metadata.name}`;
      events.record(pod, { type: 'Normal', reason: 'Scheduled', message, from: 'default-scheduler' });
    });
  },
};

function whyNot(pod: ResourceMap['pods'], node: ResourceMap['nodes'], store: ObjectStore): string | undefined {
  const image = pod.spec?.containers[0]?.image ?? '';
  if (failureOf(pod, image)?.mode === 'unschedulable') return '1 Insufficient memory';
  for (const resource of ['cpu', 'memory']) {
    const allocatable = parseQuantity(node.status?.allocatable?.[resource]);
    if (podTotal(pod, 'requests', resource) > allocatable) return `1 Insufficient ${resource}`;
  }
  const { labels = {} } = node.metadata;
  const selected = Object.entries(pod.spec?.nodeSelector ?? {}).every(([key, value]) => labels[key] === value);
  if (!selected) return "1 node(s) didn't match Pod's node affinity/selector";
  const { namespace = '' } = pod.metadata;
  for (const name of claimsOf(pod)) {
    const claim = store.get('persistentvolumeclaims', namespace, name);
    if (!claim) return `persistentvolumeclaim "${name}" not found`;
    if (claim.metadata.deletionTimestamp) return `persistentvolumeclaim "${name}" is being deleted`;
    const waits =
      store.get('storageclasses', '', claim.spec?.storageClassName ?? '')?.volumeBindingMode === 'WaitForFirstConsumer';
    if (claim.status?.phase !== 'Bound' && !waits) return 'pod has unbound immediate PersistentVolumeClaims';
  }
  return undefined;
}

interface Scheduled {
  status: 'True' | 'False';
  reason?: string;
  message?: string;
  now: string;
}

function setScheduled(pod: ResourceMap['pods'], { now, ...condition }: Scheduled): void {
  const before = pod.status?.conditions?.find(({ type }) => type === 'PodScheduled');
  if (before?.status === condition.status && before.message === condition.message) return;
  const others = (pod.status?.conditions ?? []).filter(({ type }) => type !== 'PodScheduled');
  pod.status = {
    ...pod.status,
    phase: 'Pending',
    conditions: [...others, { type: 'PodScheduled', ...condition, lastTransitionTime: now }],
  };
}

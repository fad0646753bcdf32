/** Writes `v1 Event` objects; a repeated event increments its count. */
import { createHash } from 'node:crypto';
import type { KubeObject } from '../objects.ts';
import type { Registry } from '../storage/registry.ts';

export interface EventText {
  type: 'Normal' | 'Warning';
  reason: string;
  message: string;
  /** Component that reports, such as `kubelet`. */
  from: string;
}

export interface EventRecorder {
  record(about: KubeObject, text: EventText): void;
}

export function createEventRecorder(registry: Registry): EventRecorder {
  return {
    record(about, { type, reason, message, from }) {
      const namespace = about.metadata.namespace ?? 'default';
      const space = registry.store.get('namespaces', '', namespace);
      if (!space || space.metadata.deletionTimestamp) return;
      const hash = createHash('sha256').update(`${about.metadata.uid}${reason}${message}`).digest('hex').slice(0, 16);
      const name = `${about.metadata.name}.${hash}`;
      const ref = { plural: 'events', namespace, name } as const;
      const now = registry.clock.timestamp();
      if (registry.store.get('events', namespace, name)) {
        registry.patch(ref, (event) => {
          event.count = (event.count ?? 1) + 1;
          event.lastTimestamp = now;
        });
        return;
      }
      const { uid, resourceVersion } = about.metadata;
      registry.create(
        { plural: 'events', namespace },
        {
          metadata: { name },
          involvedObject: {
            kind: about.kind,
            apiVersion: about.apiVersion,
            namespace,
            name: about.metadata.name,
            uid,
            resourceVersion,
          },
          type,
          reason,
          message,
          source: { component: from },
          reportingComponent: from,
          firstTimestamp: now,
          lastTimestamp: now,
          count: 1,
        },
      );
    },
  };
}

/** One EndpointSlice per Service: the addresses of the pods it selects. */
import { selectorMatches } from '../apiserver/selectors.ts';
import type { ObjectEvent, ResourceMap } from '../objects.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import { type Controller, controllerOf } from './controller.ts';
import { isReady } from './pod-template.ts';

export const endpointController: Controller = {
  plural: 'services',
  *keysFor(event: ObjectEvent, store: ObjectStore) {
    if (event.plural !== 'pods') return;
    const { namespace = '', labels } = event.object.metadata;
    for (const service of store.list('services', namespace)) {
      if (selects(service, labels)) yield `${namespace}/${service.metadata.name}`;
    }
  },
  reconcile({ namespace, name }, { registry, store }) {
    const service = store.get('services', namespace, name);
    if (!service?.spec?.selector || service.metadata.deletionTimestamp) return;
    const endpoints = podsOf(store, service)
      .filter((pod) => pod.status?.podIP)
      .map((pod) => {
        const serving = isReady(pod);
        const terminating = Boolean(pod.metadata.deletionTimestamp);
        return {
          addresses: [pod.status?.podIP ?? ''],
          conditions: {
            ready: service.spec?.publishNotReadyAddresses === true || (serving && !terminating),
            serving,
            terminating,
          },
          nodeName: pod.spec?.nodeName ?? '',
          targetRef: { kind: 'Pod', namespace, name: pod.metadata.name, uid: pod.metadata.uid },
        };
      });
    const ports = (service.spec.ports ?? []).map((port) => ({
      name: port.name ?? '',
      port: typeof port.targetPort === 'number' ? port.targetPort : port.port,
      protocol: port.protocol ?? 'TCP',
    }));
    const ref = { plural: 'endpointslices', namespace, name: `${name}-embedded` } as const;
    if (!store.get(ref.plural, namespace, ref.name)) {
      if (store.get('namespaces', '', namespace)?.metadata.deletionTimestamp) return;
      registry.create(
        { plural: 'endpointslices', namespace },
        {
          metadata: {
            name: ref.name,
            labels: { 'kubernetes.io/service-name': name },
            ownerReferences: [controllerOf(service)],
          },
          addressType: 'IPv4',
          endpoints,
          ports,
        },
      );
      return;
    }
    registry.patch(ref, (draft) => {
      draft.endpoints = endpoints;
      draft.ports = ports;
    });
  },
};

/** The pods behind a Service, ready or not. */
export function podsOf(store: ObjectStore, service: ResourceMap['services']): ResourceMap['pods'][] {
  return store.list('pods', service.metadata.namespace ?? '').filter((pod) => selects(service, pod.metadata.labels));
}

function selects(service: ResourceMap['services'], labels: Record<string, string> | undefined): boolean {
  const selector = service.spec?.selector;
  return (
    selector !== undefined && Object.keys(selector).length > 0 && selectorMatches({ matchLabels: selector }, labels)
  );
}

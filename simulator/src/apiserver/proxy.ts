/** `…/services/NAME:PORT/proxy/…` and `…/pods/NAME:PORT/proxy/…`: forwards a request to a pod. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApiError, notFound } from './api-error.ts';
import { podsOf } from '../controllers/endpoints.ts';
import { isReady, type Pod } from '../controllers/pod-template.ts';
import type { Kubelet } from '../node/kubelet.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import type { ResourceRequest } from './request.ts';
import { sandbox } from './sandbox.ts';

interface Proxy {
  store: ObjectStore;
  kubelet: Kubelet;
  request: ResourceRequest;
  search: string;
}

/** The target of `…/pods/NAME/portforward?ports=PORT`. Throws an ApiError if the pod serves nothing. */
export function portForwardTarget(
  { store, kubelet }: Pick<Proxy, 'store' | 'kubelet'>,
  { namespace = '', name = '', type }: ResourceRequest,
): Handler {
  const pod = store.get('pods', namespace, name);
  if (!pod) throw notFound(type, name);
  const serve = kubelet.worker(pod.metadata.uid)?.http;
  if (!serve) throw unavailable(`no container of pod ${name} listens`);
  return serve;
}

type Handler = (req: IncomingMessage, res: ServerResponse) => void;

export function serveProxy(
  { store, kubelet, request, search }: Proxy,
  req: IncomingMessage,
  res: ServerResponse,
): void {
  const pod = targetPod(store, request);
  const serve = pod && kubelet.worker(pod.metadata.uid)?.http;
  if (!serve) throw unavailable(`no endpoints available for service "${request.name ?? ''}"`);
  req.url = `/${request.rest}${search}`;
  sandbox(res);
  serve(req, res);
}

function targetPod(store: ObjectStore, { type, namespace = '', name: target = '' }: ResourceRequest): Pod | undefined {
  // [scheme:]name[:port]
  const parts = target.split(':');
  const name = (parts.length === 3 ? parts[1] : parts[0]) ?? '';
  if (type.plural === 'pods') {
    const pod = store.get('pods', namespace, name);
    if (!pod) throw notFound(type, name);
    return pod;
  }
  const service = store.get('services', namespace, name);
  if (!service) throw notFound(type, name);
  const port = parts.at(-1);
  const known = (service.spec?.ports ?? []).some(
    (candidate) => String(candidate.port) === port || candidate.name === port,
  );
  if (parts.length > 1 && !known) throw unavailable(`no endpoints available for service "${target}"`);
  return podsOf(store, service).find(isReady);
}

function unavailable(message: string): ApiError {
  return new ApiError({ code: 503, reason: 'ServiceUnavailable', message });
}

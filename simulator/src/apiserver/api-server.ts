/** The cluster's HTTP front end: authenticates, routes and responds in the API server's formats. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { ApiError, notFound } from './api-error.ts';
import type { Kubelet } from '../node/kubelet.ts';
import type { LogBook } from '../node/log-book.ts';
import type { Persistence } from '../storage/persistence.ts';
import type { Registry } from '../storage/registry.ts';
import { admit, isHealthCheck } from './access.ts';
import { discover } from './discovery.ts';
import { serveLogs } from './logs.ts';
import { acceptPortForwards } from './port-forward.ts';
import { createOpenApi, type OpenApi } from './openapi.ts';
import { portForwardTarget, serveProxy } from './proxy.ts';
import { RequestMetrics } from './metrics.ts';
import { listPage } from './read.ts';
import { requestedForm, writeList, writeObject } from './representation.ts';
import { parseResourcePath, readObject, type ResourceRequest } from './request.ts';
import { reviewOf } from './reviews.ts';
import { scaleOf } from './scale.ts';
import { refuseUnsupported } from './unsupported.ts';
import { usageOf } from './usage.ts';
import { serveWatch } from './watch.ts';
import {
  createObject,
  deleteCollection,
  deleteObject,
  patchObject,
  replaceObject,
  type WriteRequest,
  type WriteResult,
} from './write.ts';

export interface ApiServices {
  registry: Registry;
  kubelet: Kubelet;
  logs: LogBook;
  persistence: Persistence;
  /** First segment of every path. */
  secret: string;
  /** Milliseconds between the bookmarks of a watch. */
  bookmarkMs: number;
  onError: (error: unknown, what: string) => void;
}

/** With what a server keeps while it runs. */
interface Serving extends ApiServices {
  metrics: RequestMetrics;
  openApi: OpenApi;
}

export interface ApiServer {
  /** Closes all connections, including watches and upgrades. */
  close(): Promise<void>;
}

/** Handles the requests to `server`, which is already listening. */
export function serveApi(server: Server, services: ApiServices): ApiServer {
  const serving: Serving = { ...services, metrics: new RequestMetrics(), openApi: createOpenApi() };
  server.on('request', (req, res) => {
    serve(serving, req, res).catch((error: unknown) => answerError(services, error, res));
  });
  const endForwards = acceptPortForwards(server, (req) => {
    admit(req, services.secret);
    const request = parseResourcePath(new URL(req.url ?? '/', 'http://cluster').pathname);
    refuseUnsupported(request);
    if (request?.subresource !== 'portforward')
      throw new ApiError({ code: 404, reason: 'NotFound', message: 'only port-forwards are upgraded' });
    return portForwardTarget({ store: services.registry.store, kubelet: services.kubelet }, request);
  });
  server.keepAliveTimeout = 90_000;
  return {
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      endForwards();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function serve(services: Serving, req: IncomingMessage, res: ServerResponse): Promise<void> {
  if (isHealthCheck(req.url ?? '/')) return void res.end('ok');
  admit(req, services.secret);
  if (isHealthCheck(req.url ?? '/')) return void res.end('ok');
  const url = new URL(req.url ?? '/', 'http://cluster');
  const { metrics, openApi } = services;
  if (url.pathname === '/metrics')
    return void res.writeHead(200, { 'Content-Type': 'text/plain' }).end(metrics.toText());
  metrics.countRequest(req.method ?? '');

  const request = parseResourcePath(url.pathname);
  if (request) return serveResource(services, { request, url }, { req, res });
  const answered = (await reviewOf(url.pathname, req)) ?? (req.method === 'GET' && (await usageOf(services, url)));
  if (answered) return sendJson(res, req.method === 'POST' ? 201 : 200, JSON.stringify(answered));
  const document = req.method === 'GET' && openApi(url.pathname, req.headers['user-agent']);
  if (document) return sendJson(res, 200, document);
  const aggregated = req.headers.accept?.includes('APIGroupDiscoveryList') ?? false;
  const found = req.method === 'GET' ? discover(url.pathname, aggregated) : undefined;
  // The real mux rejects a path outside any API in plain text, before the API machinery sees it.
  if (!found) return void res.writeHead(404, { 'Content-Type': 'text/plain' }).end('404 page not found\n');
  const wantsV2 = aggregated && /^\/apis?$/.test(url.pathname);
  const type = wantsV2 ? 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList' : 'application/json';
  res.writeHead(200, { 'Content-Type': type }).end(JSON.stringify(found));
}

interface Target {
  request: ResourceRequest;
  url: URL;
}

interface Exchange {
  req: IncomingMessage;
  res: ServerResponse;
}

async function serveResource(services: Serving, target: Target, { req, res }: Exchange): Promise<void> {
  const { request, url } = target;
  const { registry, kubelet } = services;
  const { type, subresource } = request;
  refuseUnsupported(request);
  if (subresource && !type.subresources?.includes(subresource))
    throw notFound(type, `${request.name ?? ''}/${subresource}`);
  if (subresource === 'proxy') {
    return serveProxy({ store: registry.store, kubelet, request, search: url.search }, req, res);
  }
  if (req.method === 'GET' || req.method === 'HEAD') return serveGet(services, target, { req, res });

  const write: WriteRequest = {
    registry,
    request,
    query: url.searchParams,
    body: await readObject(req),
    contentType: req.headers['content-type'] ?? '',
    userAgent: req.headers['user-agent'] ?? '',
  };
  const { status, object } = runWrite(req.method ?? '', write);
  await services.persistence.committed();
  const text =
    // A stored object has metadata; a Status may have none of it.
    'metadata' in object && 'uid' in (object.metadata as object)
      ? writeObject(
          { type, form: requestedForm(req.headers.accept, url.searchParams), jsonOf: registry.store.jsonOf },
          object,
        )
      : JSON.stringify(object);
  if (status === 201 && type.warning) res.setHeader('Warning', `299 - "${type.warning}"`);
  sendJson(res, status, text);
}

function sendJson(res: ServerResponse, status: number, text: string): void {
  res.writeHead(status, { 'Content-Type': 'application/json' }).end(text);
}

function serveGet(services: Serving, { request, url }: Target, { req, res }: Exchange): void {
  const { registry, logs, metrics, bookmarkMs } = services;
  const { type, namespace = '', name, subresource } = request;
  const query = url.searchParams;
  const form = requestedForm(req.headers.accept, query);
  const watching = query.get('watch') === 'true' || query.get('watch') === '1';
  if (watching) return serveWatch({ registry, request, query, form, bookmarkMs, metrics }, res);
  if (name !== undefined && subresource === 'log') {
    return serveLogs({ pod: registry.read('pods', namespace, name), query, logs }, res);
  }
  const representation = { type, form, jsonOf: registry.store.jsonOf };
  let text: string;
  if (name === undefined) text = writeList(representation, listPage(registry, request, query));
  else {
    const object = registry.read(type.plural, namespace, name);
    text = subresource === 'scale' ? JSON.stringify(scaleOf(object)) : writeObject(representation, object);
  }
  sendJson(res, 200, text);
}

function runWrite(method: string, write: WriteRequest): WriteResult {
  switch (method) {
    case 'POST':
      return createObject(write);
    case 'PUT':
      return replaceObject(write);
    case 'PATCH':
      return patchObject(write);
    case 'DELETE':
      return write.request.name === undefined ? deleteCollection(write) : deleteObject(write);
    default:
      throw new ApiError({ code: 405, reason: 'MethodNotAllowed', message: `${method} is not supported` });
  }
}

function answerError({ onError }: ApiServices, error: unknown, res: ServerResponse): void {
  // A client that disconnects while sending its body is not our error.
  const left = (error as NodeJS.ErrnoException).code === 'ECONNRESET';
  if (!(error instanceof ApiError) && !left) onError(error, 'request');
  const known =
    error instanceof ApiError
      ? error
      : new ApiError({
          code: 500,
          reason: 'InternalError',
          message: 'an error on the server has prevented the request',
        });
  if (res.headersSent) return void res.destroy();
  sendJson(res, known.code, JSON.stringify(known.toStatus()));
}

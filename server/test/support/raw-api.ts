/** Plain requests to an API server, as they go over the wire. */
import { HttpMethod, KubeConfig, RequestContext } from '@kubernetes/client-node';
import { fetch } from 'undici';

export interface RawRequest {
  method?: string;
  path: string;
  body?: unknown;
  contentType?: string;
  accept?: string;
}

export interface RawAnswer {
  status: number;
  json: Record<string, unknown>;
}

export type RawApi = (request: RawRequest) => Promise<RawAnswer>;

export function rawApi(kubeconfig: string): RawApi {
  const config = new KubeConfig();
  config.loadFromString(kubeconfig);
  const server = config.getCurrentCluster()?.server ?? '';
  return async ({ method = 'GET', path, body, contentType = 'application/json', accept = 'application/json' }) => {
    const context = new RequestContext(server + path, HttpMethod.GET);
    await config.applySecurityAuthentication(context);
    const dispatcher = context.getDispatcher();
    const response = await fetch(server + path, {
      method,
      headers: {
        ...context.getHeaders(),
        Accept: accept,
        ...(body === undefined ? {} : { 'Content-Type': contentType }),
      },
      signal: AbortSignal.timeout(10_000),
      ...(dispatcher ? { dispatcher } : {}),
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, json: parse(text) };
  };
}

/** The first JSON value of the text; a watch is a line per event. */
function parse(text: string): Record<string, unknown> {
  for (const candidate of [text, text.split('\n')[0] ?? '']) {
    try {
      return JSON.parse(candidate) as Record<string, unknown>;
    } catch {
      // The next one, then.
    }
  }
  return {};
}

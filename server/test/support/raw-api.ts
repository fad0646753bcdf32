/** Plain HTTP requests to an API server. */
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
  /** First JSON value of the answer. */
  json: Record<string, unknown>;
  /** JSON value of each line, for a watch. */
  lines: Record<string, unknown>[];
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
    const whole = parse(text);
    const lines = whole
      ? [whole]
      : text
          .split('\n')
          .map(parse)
          .filter((line) => line !== undefined);
    return { status: response.status, json: lines[0] ?? {}, lines };
  };
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

/** Parses an HTTP request into an API call: kind, name, verb, options, body. */
import { messageOf } from '../error-message.ts';
import type { IncomingMessage } from 'node:http';
import { parse as parseYaml } from 'yaml';
import { ApiError, badRequest } from './api-error.ts';
import { decodeKubernetesProtobuf } from './protobuf/decode.ts';
import { findResourceType, type ResourceType } from './resource-types.ts';

/** etcd's own limit is 1.5 MiB, the API server's 3 MiB. */
const MAX_BODY = 3 * 1024 * 1024;

export interface ResourceRequest {
  type: ResourceType;
  namespace: string | undefined;
  name: string | undefined;
  subresource: string | undefined;
  /** The path after `…/proxy/`, still encoded. */
  rest: string;
}

/** The resource that a path names; undefined for other paths (discovery, health). */
export function parseResourcePath(pathname: string): ResourceRequest | undefined {
  const parts = pathname
    .split('/')
    .filter((part) => part !== '')
    .map(decodeURIComponent);
  const group = parts[0] === 'apis' ? parts[1] : parts[0] === 'api' ? '' : undefined;
  if (group === undefined) return undefined;
  const [version, ...path] = parts.slice(group === '' ? 1 : 2);
  if (!version || path.length === 0) return undefined;

  // /namespaces/NAME is the namespace itself; /namespaces/NAME/PLURAL is in it.
  const inNamespace = path[0] === 'namespaces' && path.length > 2 && !['status', 'finalize'].includes(path[2] ?? '');
  const namespace = inNamespace ? path[1] : undefined;
  const [plural, name, subresource, ...rest] = inNamespace ? path.slice(2) : path;
  const type = plural === undefined ? undefined : findResourceType(group, version, plural);
  if (!type) return undefined;
  return { type, namespace, name, subresource, rest: rest.length > 0 ? afterProxy(pathname) : '' };
}

const afterProxy = (pathname: string): string => pathname.replace(/^.*?\/proxy\/+/, '');

async function readBody(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Node's types don't say it: without an encoding, a request yields buffers.
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY)
      throw new ApiError({
        code: 413,
        reason: 'RequestEntityTooLarge',
        message: `the body is larger than ${MAX_BODY} bytes`,
      });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Parses a body in any format the API accepts; undefined if there is none. */
export async function readObject(req: IncomingMessage): Promise<Record<string, unknown> | undefined> {
  const body = await readBody(req);
  if (body.length === 0) return undefined;
  const type = req.headers['content-type'] ?? 'application/json';
  try {
    if (type.includes('protobuf')) return decodeKubernetesProtobuf(body);
    const text = body.toString('utf8');
    // Clients label apply patches as YAML but send JSON, which parses ten times as fast.
    const isYaml = type.includes('yaml') && !text.startsWith('{');
    // Whatever it is, it is validated before it is stored.
    return (isYaml ? parseYaml(text) : JSON.parse(text)) as Record<string, unknown>;
  } catch (error) {
    if (error instanceof ApiError) throw error;
    throw badRequest(`the body is not readable as ${type}: ${messageOf(error)}`);
  }
}

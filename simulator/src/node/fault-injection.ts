/**
 * Failures on demand. A pod asks for one by annotation:
 *
 *     simulator.shopyard.dev/fail: crash         the failure, see FAILURES
 *     simulator.shopyard.dev/fail-times: "2"     failures before it works; absent: forever
 *
 * or any container by the image tag `simulate-<failure>`, forever. An image tag that no published image
 * would have (it begins with no digit and is no known alias) is not found, as at a real registry.
 *
 * What a failure does: an image's is here; a container's is in runtimes/simulated/simulated-runtime.ts, `no-command` in
 * pod-worker.ts, `unschedulable` in scheduler.ts.
 */
import type { ResourceMap } from '../objects.ts';

const FAILURES = [
  'image-not-found',
  'image-unauthorized',
  'image-forbidden',
  'image-rate-limit',
  'registry-broken',
  'registry-refuses',
  'registry-unknown',
  'no-command',
  'crash',
  'oom',
  'not-ready',
  'not-live',
  'not-started',
  'hang',
  'slow-start',
  'task-fails',
  'task-stalls',
  'unschedulable',
] as const;

export type FailureMode = (typeof FAILURES)[number];

export interface Failure {
  mode: FailureMode;
  /** Number of failing attempts. */
  times: number;
}

const ANNOTATION = 'simulator.shopyard.dev/fail';
const ALIASES = new Set(['latest', 'lts', 'stable', 'apache', 'fpm', 'cli', 'beta', 'main', 'edge']);

/** The failure requested for one container of a pod, if any; init containers fail by image only. */
export function failureOf(pod: ResourceMap['pods'], image: string, init = false): Failure | undefined {
  const tag = tagOf(image);
  const byTag = FAILURES.find((mode) => tag === `simulate-${mode}`);
  if (byTag) return { mode: byTag, times: Infinity };
  if (tag && !/^\d/.test(tag) && !/^php\d/.test(tag) && !ALIASES.has(tag))
    return { mode: 'image-not-found', times: Infinity };
  if (init) return undefined;
  const annotations = pod.metadata.annotations ?? {};
  const asked = FAILURES.find((mode) => mode === annotations[ANNOTATION]);
  return asked && { mode: asked, times: Number(annotations[`${ANNOTATION}-times`] ?? Infinity) };
}

/** containerd's message for an image it can't pull; undefined for other failures. */
export function pullError(mode: FailureMode, image: string): string | undefined {
  const prefix = `failed to pull and unpack image "${image}": `;
  switch (mode) {
    case 'image-not-found':
      return `rpc error: code = NotFound desc = ${prefix}failed to resolve reference "${image}": ${image}: not found`;
    case 'image-unauthorized':
      return `${prefix}failed to resolve reference "${image}": failed to authorize: failed to fetch anonymous token: unexpected status: 401 Unauthorized`;
    case 'image-forbidden':
      return `${prefix}${resolving(image)}pulling from host registry.test failed with status code [manifests]: 403 Forbidden`;
    case 'image-rate-limit':
      return `${prefix}failed to copy: httpReadSeeker: failed open: unexpected status code 429 Too Many Requests: toomanyrequests: You have reached your pull rate limit.`;
    case 'registry-broken':
      return `${prefix}${resolving(image)}pulling from host registry.test failed with status code [manifests]: 500 Internal Server Error`;
    case 'registry-refuses':
      return `${prefix}${resolving(image)}failed to do request: Head "https://registry.test/v2/": dial tcp 192.0.2.1:443: connect: connection refused`;
    case 'registry-unknown':
      return `${prefix}${resolving(image)}failed to do request: Head "https://registry.test/v2/": dial tcp: lookup registry.test on 192.0.2.53:53: no such host`;
    default:
      return undefined;
  }
}

const resolving = (image: string): string => `failed to resolve reference "${image}": `;

/** Why an image is not even pulled: reason and message of the waiting container. */
export function refusedImage(
  image: string,
  onNode: boolean,
  policy?: string,
): { reason: string; message: string } | undefined {
  const name = image.split('@')[0]?.replace(/:[^:/]*$/, '') ?? '';
  if (/[A-Z]/.test(name)) {
    const why = `couldn't parse image name "${image}": invalid reference format: repository name must be lowercase`;
    return { reason: 'InvalidImageName', message: `Failed to apply default image tag "${image}": ${why}` };
  }
  if (policy === 'Never' && !onNode)
    return {
      reason: 'ErrImageNeverPull',
      message: `Container image "${image}" is not present with pull policy of Never`,
    };
  return undefined;
}

function tagOf(image: string): string {
  const name = image.split('@')[0] ?? '';
  const last = name.slice(name.lastIndexOf('/') + 1);
  return last.includes(':') ? last.slice(last.indexOf(':') + 1) : '';
}

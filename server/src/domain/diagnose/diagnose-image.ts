/** Explains a failed image pull from the kubelet's message. */
import { finding, type Reason } from '@shopyard/contracts';
import type { ObservedPod, ObservedWarning } from '../observation.ts';
import type { Diagnosis } from './diagnosis.ts';

const WAITING = new Set([
  'ErrImagePull',
  'ImagePullBackOff',
  'InvalidImageName',
  'ErrImageNeverPull',
  'ImageInspectError',
]);

export const isImageTrouble = (reason: string): boolean => WAITING.has(reason);

/** In order: the first that fits. `{what}` is the component and its image, `{key}` where its values are. */
const CAUSES: readonly { pattern: RegExp; reason: Reason; text: string }[] = [
  {
    pattern: /429|toomanyrequests|rate limit/i,
    reason: 'ImageRateLimited',
    text: '{what} is not given out now: the registry limits pulls. The pull is retried automatically; a mirror (global.imageRegistry) or credentials avoid it.',
  },
  {
    pattern: /401|403|unauthorized|denied|authentication required|authorization failed/i,
    reason: 'ImageUnauthorized',
    text: '{what} may not be pulled with these credentials. Set global.imagePullSecrets.',
  },
  {
    pattern: /invalid reference|couldn't parse image/i,
    reason: 'ImageNameInvalid',
    text: "{what} is no name of an image. Correct {key}.image in the store's values.",
  },
  {
    pattern: /pull policy of Never/i,
    reason: 'ImageNotLoaded',
    text: '{what} is not on the node, and may not be pulled ({key}.image.pullPolicy is Never). Load it, or change the policy.',
  },
  {
    pattern: /no such host|connection refused|i\/o timeout|network is unreachable|TLS|x509|server misbehaving/i,
    reason: 'RegistryUnreachable',
    text: "{what}: its registry can't be reached from the node. Check the network, or set global.imageRegistry to a mirror. It is tried again.",
  },
  {
    pattern: /not found|manifest unknown/i,
    reason: 'ImageNotFound',
    text: "{what} does not exist. Correct {key}.image in the store's values.",
  },
];

/** Causes that a registry may report to an anonymous client. */
const STRANGER = new Set<Reason | undefined>(['ImageUnauthorized', 'ImageNotFound', undefined]);

export interface ImageTrouble {
  /** The kubelet's. */
  message: string;
  /** Under which key of the values the component is. */
  key: string;
  /** About this pod. */
  warnings: readonly ObservedWarning[];
}

export function diagnoseImage(pod: ObservedPod, { message, key, warnings }: ImageTrouble): Diagnosis {
  const image = /image (?:name |tag )?"([^"]+)"/.exec(message)?.[1] ?? 'its image';
  const what = `${pod.component}: ${image}`;
  const cause = CAUSES.find(({ pattern }) => pattern.test(message.replaceAll(`"${image}"`, '')));
  const missing = missingSecrets(warnings);
  if (missing && STRANGER.has(cause?.reason)) {
    const where = `the namespace ${pod.namespace}`;
    return finding(
      'PullSecretMissing',
      `${what} can't be pulled: the pull secret ${missing} of global.imagePullSecrets is not in ${where}. Create it there; the pull is retried automatically.`,
    );
  }
  if (!cause) return finding('ImagePullFailed', `${what} can't be pulled: ${message}`);
  return finding(cause.reason, cause.text.replace('{what}', what).replace('{key}', key));
}

/** Names of the pull secrets that the kubelet looked for in vain. */
function missingSecrets(warnings: readonly ObservedWarning[]): string | undefined {
  const said = warnings.find(({ reason }) => reason === 'FailedToRetrieveImagePullSecret')?.message ?? '';
  return /image pull secrets \(([^)]+)\)/.exec(said)?.[1];
}

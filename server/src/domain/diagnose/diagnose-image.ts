/** Explains a failed image pull from the kubelet's message. */
import { finding, type Reason } from '@shopyard/contracts';
import type { ObservedPod, ObservedWarning } from '../observation.ts';
import { type Diagnosis, toSentence } from './diagnosis.ts';

const WAITING = new Set([
  'ErrImagePull',
  'ImagePullBackOff',
  'InvalidImageName',
  'ErrImageNeverPull',
  'ImageInspectError',
]);

export const isImageTrouble = (reason: string): boolean => WAITING.has(reason);

/**
 * In order: the first that fits. `text` follows the image and its container, `remedy` is a sentence or two; `{key}` is the
 * section of the component's values.
 */
const CAUSES: readonly { pattern: RegExp; reason: Reason; text: string; remedy: string }[] = [
  {
    pattern: /429|toomanyrequests|rate limit/i,
    reason: 'ImageRateLimited',
    text: "can't be pulled for now: the registry's rate limit is reached",
    remedy:
      'The pull is retried automatically. A mirror (global.imageRegistry) or credentials (global.imagePullSecrets) avoid the limit.',
  },
  {
    pattern: /401|403|unauthorized|denied|authentication required|authorization failed/i,
    reason: 'ImageUnauthorized',
    text: "can't be pulled: the registry denies access",
    remedy: 'Set global.imagePullSecrets.',
  },
  {
    pattern: /invalid reference|couldn't parse image/i,
    reason: 'ImageNameInvalid',
    text: 'has an invalid name',
    remedy: "Correct {key}.image in the store's settings.",
  },
  {
    pattern: /pull policy of Never/i,
    reason: 'ImageNotLoaded',
    text: 'is not on the node and is never pulled',
    remedy: 'Load it onto the node, or change {key}.image.pullPolicy.',
  },
  {
    pattern: /no such host|connection refused|i\/o timeout|network is unreachable|TLS|x509|server misbehaving/i,
    reason: 'RegistryUnreachable',
    text: "can't be pulled: the node can't reach the registry",
    remedy: 'Check the network, or set global.imageRegistry to a mirror. The pull is retried automatically.',
  },
  {
    pattern: /not found|manifest unknown/i,
    reason: 'ImageNotFound',
    text: 'not found',
    remedy: "Correct {key}.image in the store's settings.",
  },
];

/** Beginnings of the kubelet's and containerd's messages, which name the image once more. */
const REPEATED =
  /^(?:Back-off pulling image "[^"]*"(?:: |$)|ErrImagePull: |rpc error: code = \w+ desc = |failed to pull and unpack image "[^"]*": |failed to resolve reference "[^"]*": )+/;

/** What the embedded cluster says, which names the remedy. */
const NOT_INSTALLED = /^\w+ can't be installed: /;

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
  const own = message.replace(REPEATED, '');
  if (NOT_INSTALLED.test(own)) return finding('EngineNotInstalled', toSentence(own));
  const image = /image (?:name |tag )?"([^"]+)"/.exec(message)?.[1] ?? '';
  const say = (what: string): string =>
    `${['Image', image].filter(Boolean).join(' ')} ${what} (container ${pod.component})`;
  const cause = CAUSES.find(({ pattern }) => pattern.test(message.replaceAll(`"${image}"`, '')));
  const missing = missingSecrets(warnings);
  if (missing && STRANGER.has(cause?.reason))
    return finding(
      'PullSecretMissing',
      `${say(`can't be pulled: the namespace ${pod.namespace} has no pull secret ${missing}`)}. Create it there; the pull is retried automatically.`,
    );
  if (!cause) return finding('ImagePullFailed', toSentence(`${say("can't be pulled")}: ${own}`));
  return finding(cause.reason, `${say(cause.text)}. ${cause.remedy.replace('{key}', key)}`);
}

/** Names of the pull secrets that the kubelet looked for in vain. */
function missingSecrets(warnings: readonly ObservedWarning[]): string | undefined {
  const said = warnings.find(({ reason }) => reason === 'FailedToRetrieveImagePullSecret')?.message ?? '';
  return /image pull secrets \(([^)]+)\)/.exec(said)?.[1];
}

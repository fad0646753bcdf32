/** Reasons about an image that can't be had. */
import { FIX_VALUES, spec, terminalSpec } from './reason-spec.ts';

export const IMAGE_REASONS = {
  ImageNotFound: terminalSpec('Image not found', 'The registry has no such image or tag.', FIX_VALUES),
  ImageNameInvalid: terminalSpec('Invalid image name', "The image's name is not valid.", FIX_VALUES),
  ImageUnauthorized: terminalSpec(
    'Image access denied',
    'The registry denies access to the image with these credentials.',
    'Set `global.imagePullSecrets`.',
  ),
  ImageNotLoaded: terminalSpec(
    'Image not on the node',
    'The image is not on the node, and its pull policy is `Never`.',
    'Load the image onto the node, or change `image.pullPolicy`.',
  ),
  PullSecretMissing: spec(
    'Pull secret missing',
    "A secret that `global.imagePullSecrets` names is not in the store's namespace, which is created with the store.",
    'Create it there, or have a controller copy it into every namespace. The pull is retried automatically.',
  ),
  ImageRateLimited: spec(
    'Pull limit reached',
    "The registry's rate limit is reached.",
    'Wait; or set `global.imageRegistry` to a mirror, or `global.imagePullSecrets` to credentials.',
  ),
  RegistryUnreachable: spec(
    'Registry unreachable',
    "The node can't reach the registry.",
    'Check the network, or set `global.imageRegistry` to a mirror.',
  ),
  ImagePullFailed: spec('Image pull failed', 'The node failed to pull the image.', 'Read the message.'),
} as const;

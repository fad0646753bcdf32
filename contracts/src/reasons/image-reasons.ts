/** Reasons about an image that can't be had. */
import { FIX_VALUES, spec, terminalSpec } from './reason-spec.ts';

export const IMAGE_REASONS = {
  ImageNotFound: terminalSpec('Image not found', 'The registry has no such image or tag.', FIX_VALUES),
  ImageNameInvalid: terminalSpec('Invalid image name', "The image's name is not valid.", FIX_VALUES),
  ImageUnauthorized: terminalSpec(
    'Image access denied',
    'The registry refuses to serve the image with these credentials.',
    'Set `global.imagePullSecrets`.',
  ),
  ImageNotLoaded: terminalSpec(
    'Image not on the node',
    'The image is not on the node, and its pull policy is `Never`.',
    'Load the image, or change `image.pullPolicy`.',
  ),
  PullSecretMissing: spec(
    'Pull secret missing',
    "A secret of `global.imagePullSecrets` is not in the store's namespace, which exists only once the store does.",
    'Create it there, or have a controller copy it into every namespace. The kubelet retries the pull by itself.',
  ),
  ImageRateLimited: spec(
    'Pull limit reached',
    'The registry limits pulls.',
    'Wait, or set `global.imageRegistry` to a mirror, or `global.imagePullSecrets`.',
  ),
  RegistryUnreachable: spec(
    'Registry unreachable',
    "The node can't reach the registry.",
    'Check the network, or set `global.imageRegistry` to a mirror.',
  ),
  ImagePullFailed: spec('Image pull failed', 'The kubelet failed to pull the image.', 'Read the message.'),
} as const;

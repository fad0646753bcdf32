/** kubectl features that this cluster doesn't support, with the alternative for each. */
import { ApiError } from './api-error.ts';
import type { ResourceRequest } from './request.ts';

const NO_SHELL =
  'the embedded cluster runs no commands in containers: a real store is PHP in a process of its own, everything else ' +
  'is simulated; read its logs, or use a real cluster';

const REASONS: Readonly<Record<string, string>> = {
  'pods/exec': NO_SHELL,
  'pods/attach': NO_SHELL,
  'pods/ephemeralcontainers': NO_SHELL,
  'serviceaccounts/token':
    'the embedded cluster has no tokens: whoever has its kubeconfig may do everything; use that, or a real cluster',
};

/** Throws an ApiError 405 with the reason. */
export function refuseUnsupported(request: ResourceRequest | undefined): void {
  const reason = request?.subresource && REASONS[`${request.type.plural}/${request.subresource}`];
  if (reason) throw new ApiError({ code: 405, reason: 'MethodNotAllowed', message: reason });
}

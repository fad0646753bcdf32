/** Classifies a failed action: terminal, or worth retrying. */
import { ClusterError } from '../kube/errors.ts';
import { LeaseLostError } from '../cluster-lease/lease-errors.ts';
import { HelmError, type HelmErrorKind } from '../helm/helm-error.ts';

/** Retrying can't help. */
export class TerminalError extends Error {
  readonly reason: string;

  constructor(reason: string, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** The action can't run yet; this is not a failure. */
export class RetryError extends Error {
  readonly reason: string;

  constructor(reason: string, message: string) {
    super(message);
    this.reason = reason;
  }
}

const HELM: Record<HelmErrorKind, { reason: string; terminal: boolean; remedy: string }> = {
  cancelled: { reason: 'Cancelled', terminal: false, remedy: '' },
  'timed-out': { reason: 'HelmTimedOut', terminal: false, remedy: '' },
  'not-found': { reason: 'ReleaseNotFound', terminal: false, remedy: '' },
  'operation-pending': { reason: 'ReleaseLocked', terminal: false, remedy: '' },
  'invalid-values': { reason: 'InvalidValues', terminal: true, remedy: "Correct the store's values." },
  'invalid-object': { reason: 'InvalidObject', terminal: true, remedy: "Correct the store's values or the chart." },
  'too-large': { reason: 'ManifestRefused', terminal: true, remedy: "Correct the store's values or the chart." },
  ownership: {
    reason: 'OwnedByAnother',
    terminal: true,
    remedy: 'Remove the objects from the namespace, or choose another name.',
  },
  forbidden: { reason: 'Forbidden', terminal: false, remedy: "Give Shopyard's account this permission." },
  immutable: {
    reason: 'ImmutableField',
    terminal: true,
    remedy:
      'What exists can not be changed so: take that change of the values back, or delete the store and create it again.',
  },
  refused: {
    reason: 'RefusedByPolicy',
    terminal: false,
    remedy: "Change the store's values, or the cluster's policy.",
  },
  'webhook-unreachable': {
    reason: 'RefusedByPolicy',
    terminal: false,
    remedy: "An admission webhook does not answer: repair it, or exempt the stores' namespaces.",
  },
  quota: { reason: 'QuotaExceeded', terminal: false, remedy: "Raise the quota or lower the store's resources." },
  'namespace-missing': { reason: 'NamespaceMissing', terminal: false, remedy: '' },
  'namespace-terminating': { reason: 'NamespaceTerminating', terminal: false, remedy: '' },
  unreachable: { reason: 'ClusterUnreachable', terminal: false, remedy: '' },
  other: { reason: 'HelmFailed', terminal: false, remedy: '' },
};

export interface Failure {
  reason: string;
  message: string;
  terminal: boolean;
}

/** Returns `undefined` if the action was only cancelled. */
export function failureOf(error: unknown): Failure | undefined {
  if (error instanceof LeaseLostError) return undefined;
  if (error instanceof TerminalError) return { reason: error.reason, message: error.message, terminal: true };
  if (error instanceof RetryError) return { reason: error.reason, message: error.message, terminal: false };
  if (error instanceof HelmError) {
    if (error.kind === 'cancelled') return undefined;
    const { reason, terminal, remedy } = HELM[error.kind];
    return { reason, message: [error.message, remedy].filter(Boolean).join(' '), terminal };
  }
  if (error instanceof ClusterError) {
    const reason =
      error.kind === 'forbidden' ? 'Forbidden' : error.kind === 'unavailable' ? 'ClusterUnreachable' : 'ClusterRefused';
    return { reason, message: error.message, terminal: false };
  }
  throw error;
}

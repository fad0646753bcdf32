/** Turns what a reconcile threw into a finding: why, and whether retrying can help. */
import { type Finding, finding, type Reason } from '@shopyard/contracts';
import { ClusterError } from '../kube/errors.ts';
import { LeaseLostError } from '../cluster-lease/lease-errors.ts';
import { RetryError, TerminalError } from './errors.ts';
import { HelmError, type HelmErrorKind } from '../helm/helm-error.ts';

const VALUES_OR_CHART = "Correct the store's settings or the chart.";

const HELM: Record<Exclude<HelmErrorKind, 'cancelled'>, { reason: Reason; remedy?: string }> = {
  'timed-out': { reason: 'HelmTimedOut' },
  'not-found': { reason: 'ReleaseNotFound' },
  'operation-pending': { reason: 'ReleaseLocked' },
  'invalid-values': { reason: 'InvalidValues', remedy: "Correct the store's settings." },
  'invalid-object': { reason: 'InvalidObject', remedy: VALUES_OR_CHART },
  'too-large': { reason: 'ManifestRefused', remedy: VALUES_OR_CHART },
  ownership: {
    reason: 'OwnedByAnother',
    remedy: 'Remove the objects from the namespace, or create the store under another name.',
  },
  forbidden: { reason: 'Forbidden', remedy: "Grant Shopyard's account this permission." },
  immutable: {
    reason: 'ImmutableField',
    remedy: "Existing objects can't change this way: undo the change, or delete the store and create it again.",
  },
  refused: { reason: 'RefusedByPolicy', remedy: "Change the store's settings, or the cluster's policy." },
  'webhook-unreachable': {
    reason: 'RefusedByPolicy',
    remedy: "An admission webhook doesn't answer: repair it, or exempt the stores' namespaces.",
  },
  quota: { reason: 'QuotaExceeded', remedy: "Raise the quota, or lower the store's resources." },
  'namespace-missing': { reason: 'NamespaceMissing' },
  'namespace-terminating': { reason: 'NamespaceTerminating' },
  unreachable: { reason: 'ClusterUnreachable' },
  other: { reason: 'HelmFailed' },
};

/** Returns `undefined` if it was only cancelled. Rethrows what it doesn't know. */
export function toFinding(error: unknown): Finding | undefined {
  if (error instanceof LeaseLostError) return undefined;
  if (error instanceof TerminalError) return finding(error.reason, error.message, true);
  if (error instanceof RetryError) return finding(error.reason, error.message, false);
  if (error instanceof HelmError) {
    if (error.kind === 'cancelled') return undefined;
    const { reason, remedy } = HELM[error.kind];
    return finding(reason, [error.message, remedy].filter(Boolean).join(' '));
  }
  if (error instanceof ClusterError) {
    const reason =
      error.kind === 'forbidden' ? 'Forbidden' : error.kind === 'unavailable' ? 'ClusterUnreachable' : 'ClusterRefused';
    return finding(reason, error.message);
  }
  throw error;
}

/** Reasons about what the cluster or Shopyard refuses. */
import { FIX_VALUES, spec, terminalSpec } from './reason-spec.ts';

export const REFUSAL_REASONS = {
  QuotaExceeded: spec(
    'Quota exceeded',
    "The namespace's ResourceQuota is used up.",
    "Raise the quota, or lower the store's resources.",
  ),
  QuotaNeedsLimits: spec(
    'Quota needs limits',
    "The namespace's ResourceQuota requires limits that the pods don't set.",
    "Set them in the store's resources.",
  ),
  LimitExceeded: spec(
    'Limit exceeded',
    "The namespace's LimitRange refuses the pods.",
    "Change the LimitRange, or the store's resources.",
  ),
  PodSecurity: spec(
    'Refused by Pod Security',
    "The namespace's Pod Security level refuses the pods.",
    "Change the store's settings, or the namespace's label.",
  ),
  PodRefused: spec('Pod refused', 'The API server refuses to create a pod.', 'Read the message.'),
  ClusterRefused: spec('Refused by the cluster', 'The API server refused a request.', 'Read the message.'),
  Forbidden: spec(
    'Permission missing',
    "The API server refused a request because Shopyard's account lacks a permission.",
    'Grant the account the permission that the message names.',
  ),
  InvalidValues: terminalSpec(
    'Invalid settings',
    "The chart doesn't accept the store's settings. Nothing is applied; what runs keeps running.",
    FIX_VALUES,
  ),
  ChartMissing: terminalSpec(
    'Chart missing',
    'The store is kept at a version of its chart that this server does not have. Nothing is applied; what runs keeps running.',
    "Move the store to the present chart, or put the old chart's package back into the data directory and retry.",
  ),
  InvalidObject: terminalSpec(
    'Invalid object',
    'The API server rejects an object of the release.',
    "Correct the store's settings or the chart.",
  ),
  ImmutableField: terminalSpec(
    'Immutable field',
    "The change touches a field that can't change once the object exists.",
    'Undo that change, or delete the store and create it again.',
  ),
  RefusedByPolicy: spec(
    'Refused by policy',
    'An admission policy or webhook refuses an object of the release.',
    "Change the store's settings, or the policy.",
  ),
  ManifestRefused: terminalSpec(
    'Manifest refused',
    'What Helm would apply, or one of its records, holds an object that no store may have, or one in another namespace. Nothing is applied.',
    'Correct the settings or the chart, or remove the ConfigMap that the message names, then retry. Deleting the store works too.',
  ),
  NamespaceConflict: terminalSpec(
    'Namespace taken',
    "The namespace exists and isn't this store's. Shopyard leaves it alone.",
    'Create the store under another name, remove the namespace, or adopt the store.',
  ),
  OwnedByAnother: terminalSpec(
    'Owned by another release',
    'An object of the release exists already and belongs to something else.',
    'Remove the object from the namespace, or create the store under another name.',
  ),
} as const;

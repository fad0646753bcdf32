/** Sentences about a cluster's Lease. */
import { type Lease, LEASE_NAME, LEASE_NAMESPACE } from '../kube/lease.ts';
import { installationOf } from './holder.ts';

export const NOT_YET = 'The Lease of the cluster is not held yet: nothing is changed there until it is.';

/** `in_7f3… (v0.4.0, at https://shopyard.example.com, renewed 4 s ago)`; omits the age without `now`. */
function holderText({ holder = '', version, url, renewedAt }: Lease, now?: number): string {
  const facts = [
    ...(version ? [`v${version}`] : []),
    ...(url ? [`at ${url}`] : []),
    ...(now === undefined ? [] : [`renewed ${ageText(now - renewedAt)} ago`]),
  ];
  return [installationOf(holder), ...(facts.length > 0 ? [`(${facts.join(', ')})`] : [])].join(' ');
}

/** Why this server doesn't start, with the remedies. */
export function refusalText(lease: Lease, installation: string, now: number): string {
  const holder = installationOf(lease.holder ?? '');
  if (holder === installation)
    return `This cluster is run by another process of this Shopyard, ${holderText(lease, now)}, from ${processText(lease)}. Stop it; if this data directory is a copy, start with an empty one and adopt the stores: SHOPYARD_ADOPT=${holder}`;
  return `This cluster is run by Shopyard ${holderText(lease, now)}. Stop it, or adopt its stores once it is stopped: SHOPYARD_ADOPT=${holder}`;
}

export function waitingText(lease: Lease, now: number): string {
  return `Another process of this Shopyard, ${holderText(lease, now)}, holds the cluster: waiting for its Lease to run out`;
}

export function confirmingText(lease: Lease, now: number): string {
  return `The Lease of Shopyard ${holderText(lease, now)} has run out: making sure for a few seconds that nobody renews it`;
}

export function takenText(lease: Lease): string {
  const by = lease.holder ? `has gone to Shopyard ${holderText(lease)}` : 'was taken from this server';
  const remedy = lease.holder
    ? 'To get it back, stop that one and start this one again.'
    : 'Start it again when no other one runs.';
  return `The Lease of the cluster ${by}: this server changes nothing there any more. ${remedy}`;
}

export function lateText(seconds: number): string {
  return `The cluster's Lease could not be renewed for ${seconds} s: nothing is changed there until it is.`;
}

export function forbiddenText(message: string): string {
  return `Shopyard needs the Lease ${LEASE_NAMESPACE}/${LEASE_NAME}, which keeps a second Shopyard off the cluster, and its account may not use it (${message}). Give the account get, create and update for leases in coordination.k8s.io in namespace ${LEASE_NAMESPACE}, as the Role of charts/platform does.`;
}

function processText({ holder = '' }: Lease): string {
  const [host = '', pid = ''] = (holder.split('/')[1] ?? '').split(',');
  return `host ${host}, pid ${pid}`;
}

function ageText(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}

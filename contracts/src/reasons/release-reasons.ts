/** Reasons about the release and the objects of a store. */
import { RETRIES, spec } from './reason-spec.ts';

export const RELEASE_REASONS = {
  HelmFailed: spec('Helm failed', "Helm failed for a reason that Shopyard doesn't recognize.", 'Read the message.'),
  HelmTimedOut: spec('Helm timed out', 'Helm took longer than its budget and was stopped.', RETRIES),
  ReleaseNotFound: spec('Release not found', 'Helm or Shopyard found no record of the release.', RETRIES),
  ReleaseLocked: spec('Release locked', 'An interrupted Helm operation left the release locked.', RETRIES),
  ReleaseBusy: spec(
    'Release busy',
    'Another Helm process is working on this release; Shopyard waits up to a minute.',
    'There is nothing to do.',
  ),
  ReleaseMissing: spec(
    'Release records removed',
    "Helm's records were removed from outside. Shopyard reinstalls the release around what exists.",
    'There is nothing to do.',
  ),
  Restarting: spec(
    'Restarting',
    'Somebody asked for a restart: new pods replace the running ones.',
    'There is nothing to do.',
  ),
  Suspending: spec(
    'Suspending',
    'The store was suspended, by somebody or by its schedule, and its pods are being stopped.',
    'There is nothing to do. If a pod keeps running, it is listed under Resources.',
  ),
  Resuming: spec(
    'Resuming',
    'The store was resumed, by somebody or by its schedule, and its pods are being started.',
    'There is nothing to do.',
  ),
  ChangeWaiting: spec(
    'Change waiting',
    'A change to the store waits until its window opens or, if it is suspended, until it resumes.',
    'There is nothing to do. The change can be cancelled on the page of the store and, if it waits for its window, applied now.',
  ),
  ClusterUnreachable: spec(
    'Cluster unreachable',
    "The API server doesn't answer.",
    'Check the cluster; Shopyard retries automatically.',
  ),
  ObjectMissing: spec(
    'Object removed',
    'An object of the store was removed from outside. Shopyard restores it.',
    'There is nothing to do. If it happens again, find out who removes it.',
  ),
  ObjectChanged: spec(
    'Object changed',
    'An object of the store was changed from outside. Shopyard restores it.',
    'There is nothing to do. If it happens again, find out who changes it.',
  ),
  NamespaceMissing: spec(
    'Namespace removed',
    'The namespace was removed from outside, with all orders and uploads. Shopyard installs an empty store.',
    'Restore a backup, or delete the store.',
  ),
  AddressChanged: spec(
    'Address changed',
    "The platform's domain or port changed; the store moves to its new address.",
    'There is nothing to do.',
  ),
  NamespaceTerminating: spec(
    'Namespace terminating',
    'The namespace is being deleted, and finalizers may hold it up. If it was deleted from outside, an empty store is installed afterwards.',
    'Let the owners of the finalizers finish, or remove the finalizers.',
  ),
  Adopted: spec(
    'Adopted, not managed yet',
    'The store was adopted from another Shopyard and stays as that one left it: values, images, chart and address.',
    'Update or retry the store to have Shopyard manage it.',
  ),
} as const;

/** Reasons about volumes and credentials. */
import { spec, terminalSpec } from './reason-spec.ts';

export const DATA_REASONS = {
  VolumeDeleting: spec(
    'Volume being deleted',
    'A volume claim was deleted from outside; its data is lost once its pod stops.',
    'Back the data up before anything restarts.',
  ),
  VolumeTerminating: spec(
    'Volume terminating',
    'Pods still use a deleted volume claim; nothing newer is installed meanwhile.',
    'Back the data up, then delete those pods; or delete the store.',
  ),
  VolumeLost: terminalSpec(
    'Volume lost',
    'A volume is lost, with its data.',
    'Restore a backup; or retry, which reinstalls the store with the data that remains.',
  ),
  CredentialsLost: spec(
    'Credentials lost',
    "The secret `store-credentials` is missing, and only it holds the database's password.",
    'Restore it from a backup with `kubectl apply`, or delete the store.',
  ),
} as const;

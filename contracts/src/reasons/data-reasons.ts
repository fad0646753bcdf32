/** Reasons about volumes and credentials. */
import { spec, terminalSpec } from './reason-spec.ts';

export const DATA_REASONS = {
  VolumeDeleting: spec(
    'Volume being deleted',
    'A volume claim was deleted from outside; its data goes when its pod stops.',
    'Back the data up before anything restarts.',
  ),
  VolumeTerminating: spec(
    'Volume terminating',
    'A deleted volume claim is still held by pods; nothing newer is installed meanwhile.',
    'Save the data, then delete those pods; or delete the store.',
  ),
  VolumeLost: terminalSpec(
    'Volume lost',
    'The data of a volume is gone.',
    'Restore a backup; or Retry reinstalls the store with the data that remains.',
  ),
  CredentialsLost: spec(
    'Credentials lost',
    "The secret `store-credentials` is missing; it alone holds the database's password.",
    '`kubectl apply` it from a backup, or delete the store.',
  ),
} as const;

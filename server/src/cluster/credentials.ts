/** A store's credentials: generated once and kept only in the cluster. */
import { randomInt } from 'node:crypto';
import type { Engine, RandomText } from '@shopyard/engines';
import { STORE_ID_LABEL } from '../domain/labels.ts';

export const CREDENTIALS_SECRET = 'store-credentials';
/** Field selector for the Secret: the account may list and watch Secrets under this name only. */
export const CREDENTIALS_FIELD = `metadata.name=${CREDENTIALS_SECRET}`;

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';

/** Immutable, because the database keeps its initial password. */
export function credentialsOf({ id, name }: { id: string; name: string }, engine: Engine): object {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    immutable: true,
    metadata: {
      name: CREDENTIALS_SECRET,
      labels: { [STORE_ID_LABEL]: id, 'app.kubernetes.io/managed-by': 'shopyard' },
    },
    stringData: engine.credentials({ name }, randomText),
  };
}

const randomText: RandomText = (length, alphabet = LETTERS) =>
  Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');

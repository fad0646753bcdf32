/** The labels and annotations by which the cluster remembers whose an object is. */
import { createHash } from 'node:crypto';

export const STORE_ID_LABEL = 'shopyard.dev/store-id';
/** On the namespace: the installation of Shopyard that manages the store. */
export const INSTALLATION_LABEL = 'shopyard.dev/installation';
/** On the release's record: which generation of the store's spec it carries. */
export const GENERATION_LABEL = 'shopyard.dev/generation';
/** On the release's record: a digest of the address that it was given, as a label can't hold an address. */
export const ADDRESS_LABEL = 'shopyard.dev/address';
export const COMPONENT_LABEL = 'app.kubernetes.io/component';

export const STORE_NAME_ANNOTATION = 'shopyard.dev/store-name';
export const ENGINE_ANNOTATION = 'shopyard.dev/engine';
export const CREATED_BY_ANNOTATION = 'shopyard.dev/created-by';
export const CREATED_AT_ANNOTATION = 'shopyard.dev/created-at';
/** On the namespace: the newest spec, so that a store can be rebuilt from the cluster alone. */
export const GENERATION_ANNOTATION = 'shopyard.dev/generation';
export const DESIRED_ANNOTATION = 'shopyard.dev/desired';
/** JSON: the store's values. */
export const VALUES_ANNOTATION = 'shopyard.dev/values';
/** On an adopted namespace: the generation that stays as the former installation left it, and the address it has. */
export const HELD_GENERATION_ANNOTATION = 'shopyard.dev/held-generation';
export const HELD_URL_ANNOTATION = 'shopyard.dev/held-url';

/** What stands for a store's address in a label. */
export function addressLabelOf(url: string): string {
  return createHash('sha256').update(url).digest('hex').slice(0, 16);
}

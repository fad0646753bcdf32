/** The labels and annotations by which the cluster remembers whose an object is. */

export const STORE_ID_LABEL = 'shopyard.dev/store-id';
/** On the release's record: which generation of the store's spec it carries. */
export const GENERATION_LABEL = 'shopyard.dev/generation';
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

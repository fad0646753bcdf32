/** Labels and annotations that identify an object's store and installation. */
import { createHash } from 'node:crypto';

export const STORE_ID_LABEL = 'shopyard.dev/store-id';
/** On the namespace: the installation of Shopyard that manages the store. */
export const INSTALLATION_LABEL = 'shopyard.dev/installation';
/** On the release's record: the generation of the store's spec. */
export const GENERATION_LABEL = 'shopyard.dev/generation';
/** On the release's record: a digest of the store's URL, because a label can't hold a URL. */
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
/** JSON: the store's profile. */
export const PROFILE_ANNOTATION = 'shopyard.dev/profile';
/** JSON: a change of the store that waits. */
export const WAITING_ANNOTATION = 'shopyard.dev/waiting';
/** On the namespace: the chart that the store is kept at, see ChartPin. */
export const CHART_ANNOTATION = 'shopyard.dev/chart';
/** On an adopted namespace: the generation that stays as the former installation left it, and its URL. */
export const HELD_GENERATION_ANNOTATION = 'shopyard.dev/held-generation';
export const HELD_URL_ANNOTATION = 'shopyard.dev/held-url';

/** On the template of pods: when their restart was requested. */
export const RESTARTED_AT_ANNOTATION = 'shopyard.dev/restarted-at';

/** The digest of a store's URL for use in a label. */
export function addressLabelOf(url: string): string {
  return createHash('sha256').update(url).digest('hex').slice(0, 16);
}
/** Whose store it is; the profile in the annotation is what counts. */
export const TEAM_LABEL = 'shopyard.dev/team';

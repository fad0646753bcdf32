import { loadOnce } from '../../lib/lazy-part.ts';

/** Loads the YAML parser on demand: only the advanced values need it. */
export const loadYaml = loadOnce(() => import('./parse-values.ts'));

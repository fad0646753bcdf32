import type { ManifestObject } from '../../../kube/applied-object.ts';

const SUSPENDED: Readonly<Record<string, object>> = {
  Deployment: { replicas: 0 },
  StatefulSet: { replicas: 0 },
  CronJob: { suspend: true },
};

/** An object of a release as it is while its store is suspended: without pods. */
export function asSuspended(object: ManifestObject & { spec?: object }): ManifestObject {
  const spec = SUSPENDED[object.kind];
  return spec ? Object.assign({}, object, { spec: { ...object.spec, ...spec } }) : object;
}

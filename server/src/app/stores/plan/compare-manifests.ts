/** Compares the objects of a release with those that would replace them. Pure. */
import { type Engine, runsOnce } from '@shopyard/engines';
import { isDeepStrictEqual } from 'node:util';
import { COMPONENT_LABEL } from '../../../domain/labels.ts';
import { isRevisionJob } from '../../../domain/own-objects.ts';
import type { ManifestObject } from '../../../kube/applied-object.ts';
import { diffObjects } from './diff-objects.ts';

/** An object of either manifest; without `after`, helm removes it. */
export interface Compared {
  kind: string;
  /** Without the number of a revision. */
  name: string;
  before: ManifestObject | undefined;
  after: ManifestObject | undefined;
  /** The name ends with the number of the revision. */
  isNumbered: boolean;
  diff: string;
}

/** `before`: empty if nothing is installed. */
export function compareManifests(
  engine: Engine,
  before: readonly ManifestObject[],
  after: readonly ManifestObject[],
): Compared[] {
  const [old, next] = [byKey(engine, before), byKey(engine, after)];
  const keys = [...new Set([...old.keys(), ...next.keys()])];
  return keys.map((key) => {
    const [was, is] = [old.get(key), next.get(key)];
    const [kind = '', name = ''] = key.split('/');
    const [a, b] = [was, is].map((object) => object && { ...object, metadata: { ...object.metadata, name } });
    return {
      kind,
      name,
      before: was,
      after: is,
      isNumbered: is !== undefined && is.metadata.name !== name,
      diff: isDeepStrictEqual(a, b) ? '' : diffObjects(a, b),
    };
  });
}

/** By kind and name. A Job of a revision has its component's name, because every revision renames it. */
function byKey(engine: Engine, objects: readonly ManifestObject[]): Map<string, ManifestObject> {
  return new Map(
    objects.map((object) => {
      const { name, labels } = object.metadata;
      const component = labels?.[COMPONENT_LABEL] ?? '';
      const isNumbered = runsOnce(engine, component) && isRevisionJob({ name, component });
      return [`${object.kind}/${isNumbered ? component : name}`, object];
    }),
  );
}

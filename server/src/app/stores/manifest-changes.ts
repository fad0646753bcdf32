/** Compares the manifest of a release with the one that would replace it. Pure. */
import type { ObjectChange, Preview } from '@shopyard/contracts';
import { type Engine, runsOnce } from '@shopyard/engines';
import { structuredPatch } from 'diff';
import { isDeepStrictEqual } from 'node:util';
import { stringify } from 'yaml';
import { parseManifest } from '../../chart/check-record.ts';
import { COMPONENT_LABEL } from '../../domain/labels.ts';
import { isRevisionJob } from '../../domain/own-objects.ts';
import { redactYaml } from '../../domain/redact-release.ts';
import type { ManifestObject } from '../../kube/applied-object.ts';

/** Characters of one object's difference that are shown. */
const MAX_DIFF = 50_000;

type Named = ManifestObject & { spec?: { template?: unknown } };
type ManifestChanges = Pick<Preview, 'objects' | 'unchanged' | 'restarts' | 'setupRuns'>;

/** `before`: `undefined` if nothing is installed. Throws if one holds something that is no object. */
export function compareManifests(engine: Engine, before: string | undefined, after: string): ManifestChanges {
  const [old, next] = [namedObjects(engine, before ?? ''), namedObjects(engine, after)];
  const keys = [...new Set([...old.keys(), ...next.keys()])];
  const objects = keys.flatMap((key) => changeOf(old.get(key), next.get(key)) ?? []);
  const restarted = engine.components.filter(({ kind, name }) =>
    isReplaced(old.get(`${kind}/${name}`), next.get(`${kind}/${name}`)),
  );
  return {
    objects,
    unchanged: keys.length - objects.length,
    restarts: restarted.map(({ name }) => name),
    // Each revision has a Job of its own.
    setupRuns: engine.components.some(({ kind, name }) => kind === 'Job' && next.has(`${kind}/${name}`)),
  };
}

/** By kind and name. A Job of a revision has its component's name, because every revision renames it. */
function namedObjects(engine: Engine, manifest: string): Map<string, Named> {
  return new Map(
    parseManifest(manifest).map((object) => {
      const { metadata } = object;
      const component = metadata.labels?.[COMPONENT_LABEL] ?? '';
      const isRenamed = runsOnce(engine, component) && isRevisionJob({ name: metadata.name, component });
      const name = isRenamed ? component : metadata.name;
      return [`${object.kind}/${name}`, { ...object, metadata: { ...metadata, name } }];
    }),
  );
}

function changeOf(before: Named | undefined, after: Named | undefined): ObjectChange | undefined {
  const { kind, metadata } = after ?? before ?? { kind: '', metadata: { name: '' } };
  if (isDeepStrictEqual(before, after)) return undefined;
  const verdict = !before ? 'created' : after ? 'changed' : 'removed';
  return { kind, name: metadata.name, verdict, diff: diffOf(toText(before), toText(after)) };
}

/** Sorted, so that only what differs is shown as different. */
function toText(object: Named | undefined): string {
  return object ? redactYaml(stringify(object, { lineWidth: 0, sortMapEntries: true })) : '';
}

function diffOf(before: string, after: string): string {
  const { hunks } = structuredPatch('', '', before, after, undefined, undefined, { context: 3 });
  const text = hunks
    .flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [
      `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`,
      ...lines.filter((line) => !line.startsWith('\\')),
    ])
    .join('\n');
  return text.length > MAX_DIFF ? `${text.slice(0, text.lastIndexOf('\n', MAX_DIFF))}\n…` : text;
}

/** Whether a workload gets another template for its pods. */
function isReplaced(before: Named | undefined, after: Named | undefined): boolean {
  const isWorkload = after?.kind === 'Deployment' || after?.kind === 'StatefulSet';
  return before !== undefined && isWorkload && !isDeepStrictEqual(before.spec?.template, after.spec?.template);
}

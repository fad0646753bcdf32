/** The difference of two objects as text, without secrets. Pure. */
import { structuredPatch } from 'diff';
import { stringify } from 'yaml';
import { redactObject } from '../../../domain/redact-values.ts';

/** Characters of one object's difference that are shown. */
const MAX_DIFF = 50_000;

/** Lines in the unified format, without a header. Empty if only a secret differs. */
export function diffObjects(before: object | undefined, after: object | undefined): string {
  const { hunks } = structuredPatch('', '', toText(before), toText(after), undefined, undefined, { context: 3 });
  const text = hunks
    .flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [
      `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`,
      ...lines.filter((line) => !line.startsWith('\\')),
    ])
    .join('\n');
  return text.length > MAX_DIFF ? `${text.slice(0, text.lastIndexOf('\n', MAX_DIFF))}\n…` : text;
}

/** Sorted, so that only what differs is shown as different. */
function toText(object: object | undefined): string {
  return object ? stringify(redactObject(object), { lineWidth: 0, sortMapEntries: true }) : '';
}

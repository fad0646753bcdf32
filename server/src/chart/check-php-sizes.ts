/** Checks PHP's size limits against each other: WordPress would offer uploads larger than a request may be. */
import { type FieldIssue, issueAt } from '@shopyard/contracts';

interface PhpSizes {
  uploadMaxFilesize?: string;
  postMaxSize?: string;
}

/** Expects values that fit the schema, merged over the chart's defaults. */
export function checkPhpSizes({ wordpress }: { wordpress?: { php?: PhpSizes } }): FieldIssue[] {
  const { uploadMaxFilesize: file = '', postMaxSize: request = '' } = wordpress?.php ?? {};
  if (bytesOf(request) >= bytesOf(file)) return [];
  const message = `must be at least wordpress.php.uploadMaxFilesize (${file}): a request holds the file and the form around it`;
  return [issueAt(['wordpress', 'php', 'postMaxSize'], message)];
}

const UNITS: Readonly<Record<string, number>> = { '': 1, K: 1024, M: 1024 ** 2, G: 1024 ** 3 };

/** Parses a size such as `64M` the way PHP does. */
function bytesOf(size: string): number {
  const [, amount = '0', unit = ''] = /^(\d+)([KMG]?)$/i.exec(size) ?? [];
  return Number(amount) * (UNITS[unit.toUpperCase()] ?? 1);
}

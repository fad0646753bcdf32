/** PHP's limits by each other: a larger file than a request may have never arrives, and WordPress would promise it. */
import type { FieldIssue } from '@shopyard/contracts';

interface PhpSizes {
  uploadMaxFilesize?: string;
  postMaxSize?: string;
}

/** Of values that fit the schema, with the chart's own below them. */
export function checkPhpSizes({ wordpress }: { wordpress?: { php?: PhpSizes } }): FieldIssue[] {
  const { uploadMaxFilesize: file = '', postMaxSize: request = '' } = wordpress?.php ?? {};
  if (bytesOf(request) >= bytesOf(file)) return [];
  const message = `must be at least wordpress.php.uploadMaxFilesize (${file}): a request holds the file and the form around it`;
  return [{ field: 'wordpress.php.postMaxSize', message }];
}

const UNITS: Readonly<Record<string, number>> = { '': 1, K: 1024, M: 1024 ** 2, G: 1024 ** 3 };

/** Of `64M`, as PHP reads it. */
function bytesOf(size: string): number {
  const [, amount = '0', unit = ''] = /^(\d+)([KMG]?)$/i.exec(size) ?? [];
  return Number(amount) * (UNITS[unit.toUpperCase()] ?? 1);
}

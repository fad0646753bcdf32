/** Kubernetes quantities: `500m`, `2`, `512Mi`, `1G`. */

const SUFFIX: Readonly<Record<string, number>> = {
  '': 1,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 1024,
  Mi: 1024 ** 2,
  Gi: 1024 ** 3,
  Ti: 1024 ** 4,
};

/** The numeric value of a quantity (cores, bytes, a count); 0 if absent or unparsable. */
export function parseQuantity(quantity: string | number | undefined): number {
  const match = /^([0-9.]+)([a-zA-Z]*)$/.exec(String(quantity ?? '0'));
  return match ? Number(match[1]) * (SUFFIX[match[2] ?? ''] ?? 0) : 0;
}

/** Writes cores as `m`, bytes as `Mi`, and counts plainly. */
export function formatQuantity(resource: string, value: number): string {
  if (resource.endsWith('cpu')) return `${Math.round(value * 1000)}m`;
  return resource.endsWith('memory') || resource.endsWith('storage')
    ? `${Math.round(value / 1024 ** 2)}Mi`
    : String(value);
}

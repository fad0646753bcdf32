/** Kubernetes quantities of storage, such as `10Gi`, `1.5G` or `1e9`. */

const SUFFIXES: Readonly<Record<string, number>> = {
  '': 1,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 1024,
  Mi: 1024 ** 2,
  Gi: 1024 ** 3,
  Ti: 1024 ** 4,
  Pi: 1024 ** 5,
  Ei: 1024 ** 6,
};

/** Bytes; 0 for an absent or invalid quantity. */
export function bytesOf(quantity: string | undefined): number {
  const [, number = '', exponent = '', suffix = ''] =
    /^(\d+(?:\.\d*)?)([eE]\d+)?([a-zA-Z]*)$/.exec(quantity ?? '') ?? [];
  return number === '' ? 0 : Number(number + exponent) * (SUFFIXES[suffix] ?? 0);
}

/** Kubernetes quantities of storage, such as `10Gi`, `1.5G` or `1e9`. */

/** The place in the list is the power of 1000, or of 1024. */
const DECIMAL = ['', 'k', 'M', 'G', 'T', 'P', 'E'];
const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

/** Bytes; 0 for an absent or invalid quantity. */
export function bytesOf(quantity: string | undefined): number {
  const [, number = '', exponent = '', suffix = ''] =
    /^(\d+(?:\.\d*)?)([eE]\d+)?([a-zA-Z]*)$/.exec(quantity ?? '') ?? [];
  return number === '' ? 0 : Number(number + exponent) * factorOf(suffix);
}

/** 0 for an unknown suffix. */
function factorOf(suffix: string): number {
  if (suffix === 'm') return 1e-3;
  if (DECIMAL.includes(suffix)) return 1000 ** DECIMAL.indexOf(suffix);
  return BINARY.includes(suffix) ? 1024 ** BINARY.indexOf(suffix) : 0;
}

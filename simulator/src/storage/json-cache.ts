/** JSON text of stored objects; they never change, so each is written once for all its readers. */
import type { KubeObject } from '../objects.ts';

const cache = new WeakMap<KubeObject, string>();

export function jsonOf(object: KubeObject): string {
  let json = cache.get(object);
  if (json === undefined) cache.set(object, (json = JSON.stringify(object)));
  return json;
}

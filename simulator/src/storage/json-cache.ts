/**
 * JSON text of stored objects, which never change. A new object is soon written to disk and to every watch; later it is
 * rarely read, and its text would take more memory than the object.
 */
import type { KubeObject } from '../objects.ts';

const KEPT_MS = 1000;

export type JsonOf = (object: KubeObject) => string;

export function createJsonCache(): JsonOf {
  let cache = new WeakMap<KubeObject, string>();
  let clearing: NodeJS.Timeout | undefined;
  return (object) => {
    let json = cache.get(object);
    if (json === undefined) cache.set(object, (json = JSON.stringify(object)));
    clearing ??= setTimeout(() => {
      cache = new WeakMap();
      clearing = undefined;
    }, KEPT_MS).unref();
    return json;
  };
}

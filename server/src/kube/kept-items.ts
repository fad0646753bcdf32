/** The projections that a reflector keeps, by object, with the version of each. */
import { keyOf, type KubeObject } from './objects.ts';

export interface Change<Item> {
  previous: Item | undefined;
  next: Item | undefined;
}

export class KeptItems<Raw extends KubeObject, Item> {
  readonly #project: (object: Raw) => Item;
  readonly #onChange: (change: Change<Item>) => void;
  readonly #items = new Map<string, { item: Item; version: number }>();
  #resumedFrom = 0;

  constructor(project: (object: Raw) => Item, onChange: (change: Change<Item>) => void) {
    this.#project = project;
    this.#onChange = onChange;
  }

  *values(): Iterable<Item> {
    for (const { item } of this.#items.values()) yield item;
  }

  put(object: Raw): void {
    const key = keyOf(object);
    const previous = this.#items.get(key)?.item;
    const next = this.#project(object);
    this.#items.set(key, { item: next, version: Number(object.metadata.resourceVersion) });
    this.#onChange({ previous, next });
  }

  remove(key: string): void {
    const previous = this.#items.get(key)?.item;
    if (previous === undefined) return;
    this.#items.delete(key);
    this.#onChange({ previous, next: undefined });
  }

  keepOnly(keys: ReadonlySet<string>): void {
    for (const key of this.#items.keys()) if (!keys.has(key)) this.remove(key);
  }

  /** The watch that begins now reports only changes after this version. */
  resumeFrom(version: string): void {
    this.#resumedFrom = Number(version);
  }

  /** A server that lags behind the previous one may replay old events. Versions are increasing numbers. */
  isOld(object: KubeObject): boolean {
    const version = Number(object.metadata.resourceVersion);
    const known = this.#items.get(keyOf(object));
    return version <= this.#resumedFrom || (known !== undefined && version < known.version);
  }
}

/**
 * Every object of the cluster, in memory, versioned: the simulator's etcd.
 *
 * Stored objects are immutable: a change replaces the object, so a reference taken
 * earlier stays a consistent snapshot and its JSON can be cached.
 */
import { createJsonCache, type JsonOf } from './json-cache.ts';
import type { KubeObject, ObjectEvent, ObjectRef, Plural, ResourceMap } from '../objects.ts';

/** Events kept per kind for watches that resume; older versions answer 410 Gone. */
const HISTORY = 1024;

type Listener = (event: ObjectEvent) => void;

export class ObjectStore {
  readonly #objects = new Map<Plural, Map<string, Map<string, KubeObject>>>();
  readonly #history = new Map<Plural, ObjectEvent[]>();
  readonly #floor = new Map<Plural, number>();
  readonly #listeners = new Set<Listener>();
  readonly #undelivered: ObjectEvent[] = [];
  #delivering = false;
  #version: number;

  /** `version` is where numbering resumes; watches from before it get a 410. */
  constructor(version = 1) {
    this.#version = version;
    this.startVersion = version;
  }

  readonly startVersion: number;

  /** JSON text of a stored object. */
  readonly jsonOf: JsonOf = createJsonCache();

  /** The version of the latest change. */
  get version(): number {
    return this.#version;
  }

  // `put` files each object under its kind's plural.
  get<P extends Plural>(plural: P, namespace: string, name: string): ResourceMap[P] | undefined {
    // `put` files each object under its kind's plural.
    return this.#objects.get(plural)?.get(namespace)?.get(name) as ResourceMap[P] | undefined;
  }

  /** All objects of a kind, or of one namespace; sorted by namespace, then name. */
  list<P extends Plural>(plural: P, namespace?: string): ResourceMap[P][] {
    const spaces = this.#objects.get(plural);
    if (!spaces) return [];
    // `put` files each object under its kind's plural.
    if (namespace !== undefined) return sorted(spaces.get(namespace)) as ResourceMap[P][];
    // `put` files each object under its kind's plural.
    return [...spaces.keys()].toSorted().flatMap((ns) => sorted(spaces.get(ns)) as ResourceMap[P][]);
  }

  /** Stores an object with the next version; returns the stored object. */
  put(ref: ObjectRef, object: KubeObject): KubeObject {
    // Every kind is a KubeObject.
    const previous = this.get(ref.plural, ref.namespace, ref.name) as KubeObject | undefined;
    const version = ++this.#version;
    const stored = { ...object, metadata: { ...object.metadata, resourceVersion: String(version) } };
    this.#spaceOf(ref).set(ref.name, stored);
    this.#publish({
      type: previous ? 'MODIFIED' : 'ADDED',
      plural: ref.plural,
      object: stored,
      ...(previous ? { previous } : {}),
      version,
    });
    return stored;
  }

  /** Deletes an object; its DELETED event carries the `last` state with a new version. */
  remove(ref: ObjectRef, last?: KubeObject): KubeObject | undefined {
    // Every kind is a KubeObject.
    const previous = this.get(ref.plural, ref.namespace, ref.name) as KubeObject | undefined;
    if (!previous) return undefined;
    const final = last ?? previous;
    this.#spaceOf(ref).delete(ref.name);
    const version = ++this.#version;
    const object = { ...final, metadata: { ...final.metadata, resourceVersion: String(version) } };
    this.#publish({ type: 'DELETED', plural: ref.plural, object, previous, version });
    return object;
  }

  /** Places a restored object without an event. */
  restore(ref: ObjectRef, object: KubeObject): void {
    this.#spaceOf(ref).set(ref.name, object);
  }

  /** Calls `listener` synchronously after each change, until the returned function is called. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Events of a kind after `version`; undefined when some of them are no longer kept. */
  eventsSince(plural: Plural, version: number): ObjectEvent[] | undefined {
    if (version < Math.max(this.startVersion, this.#floor.get(plural) ?? 0)) return undefined;
    return (this.#history.get(plural) ?? []).filter((event) => event.version > version);
  }

  #spaceOf(ref: ObjectRef): Map<string, KubeObject> {
    let spaces = this.#objects.get(ref.plural);
    if (!spaces) this.#objects.set(ref.plural, (spaces = new Map()));
    let space = spaces.get(ref.namespace);
    if (!space) spaces.set(ref.namespace, (space = new Map()));
    return space;
  }

  #publish(event: ObjectEvent): void {
    let history = this.#history.get(event.plural);
    if (!history) this.#history.set(event.plural, (history = []));
    history.push(event);
    if (history.length > HISTORY * 2) {
      const dropped = history.splice(0, HISTORY);
      this.#floor.set(event.plural, dropped.at(-1)?.version ?? 0);
    }
    this.#undelivered.push(event);
    if (!this.#delivering) this.#deliver();
  }

  /** A listener may write: the resulting events are delivered afterwards, so all listeners see the same order. */
  #deliver(): void {
    this.#delivering = true;
    try {
      for (let event = this.#undelivered.shift(); event; event = this.#undelivered.shift()) {
        for (const listener of this.#listeners) listener(event);
      }
    } finally {
      this.#delivering = false;
    }
  }
}

function sorted(space: Map<string, KubeObject> | undefined): KubeObject[] {
  if (!space) return [];
  return [...space.values()].toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
}

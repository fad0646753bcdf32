/** Runs controllers: a change marks keys, each marked key is reconciled once per turn of the event loop. */
import type { Cancel, Clock } from '../clock.ts';
import { keyOf, type KubeObject, type ObjectEvent, type Plural } from '../objects.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import type { Registry } from '../storage/registry.ts';
import type { EventRecorder } from './event-recorder.ts';

export interface ControllerContext {
  registry: Registry;
  store: ObjectStore;
  clock: Clock;
  events: EventRecorder;
  /**
   * Reconciles the same key again after `ms` of cluster time, and never faster than a hundredth of it; of several waits, the
   * shortest counts. Reconciling the key earlier, because of a change, ends the wait: what still has to wait asks again.
   */
  requeueAfter(ms: number): void;
}

export interface Controller {
  /** The kind it reconciles; all objects of this kind are reconciled at startup. */
  plural: Plural;
  /** Keys (`namespace/name`) affected by a change to another kind; changes to `plural` itself always count. */
  keysFor?(event: ObjectEvent, store: ObjectStore): Iterable<string>;
  /** Moves the cluster one step closer to the object's spec. Must be idempotent; runs synchronously. */
  reconcile(key: { namespace: string; name: string }, context: ControllerContext): void;
}

export interface ControllerServices {
  registry: Registry;
  events: EventRecorder;
  onError: (error: unknown, what: string) => void;
}

/** Starts the controllers; the returned function stops them. */
export function runControllers(controllers: readonly Controller[], services: ControllerServices): () => void {
  const stops = controllers.map((controller) => runController(controller, services));
  return () => stops.forEach((stop) => stop());
}

function runController(controller: Controller, { registry, events, onError }: ControllerServices): () => void {
  const { store, clock } = registry;
  const marked = new Set<string>();
  /** All of a key's waits are of its last reconcile, so the shortest ends first. */
  const waits = new Map<string, { ms: number; cancel: Cancel }>();
  let scheduled = false;
  let stopped = false;

  const requeueAfter = (key: string, ms: number): void => {
    const known = waits.get(key);
    if (known && known.ms <= ms) return;
    known?.cancel();
    waits.set(key, { ms, cancel: clock.retryAfter(ms, () => mark(key)) });
  };
  const mark = (key: string): void => {
    marked.add(key);
    if (scheduled || stopped) return;
    scheduled = true;
    setImmediate(drain);
  };
  const drain = (): void => {
    scheduled = false;
    const keys = [...marked];
    marked.clear();
    for (const key of keys) {
      if (stopped) return;
      waits.get(key)?.cancel();
      waits.delete(key);
      try {
        controller.reconcile(parseKey(key), {
          registry,
          store,
          clock,
          events,
          requeueAfter: (ms) => requeueAfter(key, ms),
        });
      } catch (error) {
        onError(error, `${controller.plural} ${key}`);
        requeueAfter(key, 1000);
      }
    }
  };
  const unsubscribe = store.subscribe((event) => {
    if (event.plural === controller.plural) mark(keyOf(event.object));
    for (const key of controller.keysFor?.(event, store) ?? []) mark(key);
  });
  for (const object of store.list(controller.plural)) mark(keyOf(object));
  return () => {
    stopped = true;
    unsubscribe();
  };
}

function parseKey(key: string): { namespace: string; name: string } {
  const [first = '', second] = key.split('/');
  return second === undefined ? { namespace: '', name: first } : { namespace: first, name: second };
}

/** The key of the object's controlling owner when that is a `kind`, as an iterable for `keysFor`. */
export function ownerKey(object: KubeObject, kind: string): string[] {
  const owner = object.metadata.ownerReferences?.find((reference) => reference.controller && reference.kind === kind);
  return owner ? [`${object.metadata.namespace ?? ''}/${owner.name}`] : [];
}

export function isOwnedBy(object: KubeObject, owner: KubeObject): boolean {
  return object.metadata.ownerReferences?.some((reference) => reference.uid === owner.metadata.uid) ?? false;
}

/** The reference that makes `owner` the controller of a new object. */
export function controllerOf(owner: KubeObject): {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
  controller: true;
  blockOwnerDeletion: true;
} {
  const { name, uid } = owner.metadata;
  return { apiVersion: owner.apiVersion, kind: owner.kind, name, uid, controller: true, blockOwnerDeletion: true };
}

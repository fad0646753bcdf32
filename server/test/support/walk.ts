/** The system under a random walk, and the invariants that hold once it settles. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from '@shopyard/contracts';
import { type Api, connect, type ServerProcess, startServerProcess, StoreRecorder } from '@shopyard/testkit';
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts';
import { type OwnCluster, startOwnCluster } from './own-cluster.ts';

const MAIN = fileURLToPath(new URL('./walking-main.ts', import.meta.url));
/** Fewer than the walk has stores. */
const MAX_PARALLEL = 2;
const QUIET_MS = 30_000;
/** Reasons that wait for an operator: until then, no newer generation can be installed. */
const AWAITING_OPERATOR = new Set(['CredentialsLost', 'VolumeTerminating']);
/** Reasons that a store may report once this object of it was deleted. */
const LOSSES = [
  ['persistentvolumeclaims', ['VolumeDeleting', 'VolumeLost', 'VolumeTerminating']],
  ['secrets/store-credentials', ['CredentialsLost']],
] as const;

export class Walk {
  readonly #dir: string;
  #cluster!: OwnCluster;
  #proxy!: FaultProxy;
  #server!: ServerProcess;
  #api!: Api;
  #stores!: StoreRecorder;
  /** By store name, the reasons that deletions since the walk began allow. No other loss may be reported. */
  readonly #allowedLosses = new Map<string, Set<string>>();

  /** Names of the stores that are to have no pods. */
  readonly #suspended = new Set<string>();

  constructor(dir: string) {
    this.#dir = dir;
  }

  async open(): Promise<void> {
    this.#cluster = await startOwnCluster(this.#dir, { bookmarkMs: 300 });
    this.#proxy = await startFaultProxy(this.#cluster.simulator.url);
    await this.#start();
  }

  async #start(): Promise<void> {
    const kubeconfig = join(this.#dir, 'proxy.kubeconfig');
    const { simulator } = this.#cluster;
    writeFileSync(kubeconfig, simulator.kubeconfig.replaceAll(simulator.url, this.#proxy.url));
    const env = {
      SHOPYARD_CLUSTER: 'kubeconfig',
      KUBECONFIG: kubeconfig,
      WALK_CLUSTER: this.#proxy.url,
      SHOPYARD_MAX_PARALLEL: String(MAX_PARALLEL),
      SHOPYARD_WATCH_SILENCE_SECONDS: '1',
    };
    this.#server = await startServerProcess({ dataDir: join(this.#dir, 'data'), env, main: MAIN });
    this.#api = connect(this.#server.url);
    this.#stores = new StoreRecorder(this.#api);
    await this.#stores.until('a snapshot', () => true);
  }

  create(name: string): Promise<unknown> {
    return this.#api.trpc.stores.create.mutate({ name }).catch(expected(/exists|being deleted/));
  }

  async call(name: string, what: 'remove' | 'retry' | 'update' | 'suspend' | 'resume'): Promise<unknown> {
    // The list, because pushed updates may lag a moment behind.
    const list = await this.#api.trpc.stores.list.query();
    const store = list.stores.find((candidate) => candidate.name === name);
    if (!store) return undefined;
    const { stores } = this.#api.trpc;
    const input = { id: store.id };
    const answer =
      what === 'update'
        ? stores.update.mutate({ ...input, values: { store: { title: `t${Math.random()}` } } })
        : stores[what].mutate(input);
    const accepted = await answer.catch(
      expected(/no store|being deleted|must keep running for now|waits until the store resumes/),
    );
    if (accepted?.suspended) this.#suspended.add(name);
    else if (accepted) this.#suspended.delete(name);
    return accepted;
  }

  /** Deletes an object behind the server's back, if it exists. */
  async drift(name: string, path: string): Promise<void> {
    const at = `${this.#cluster.simulator.url}${path.replace('NS', `store-${name}`)}`;
    const { ok } = await fetch(at, { method: 'DELETE' });
    const reasons = ok ? LOSSES.find(([what]) => path.includes(what))?.[1] : undefined;
    if (reasons) this.#allowedLosses.set(name, new Set([...(this.#allowedLosses.get(name) ?? []), ...reasons]));
  }

  begin(): void {
    this.#allowedLosses.clear();
    this.#suspended.clear();
  }

  async fault(kind: 'refuse' | 'hang' | 'silence' | 'replay' | 'gone-in-stream'): Promise<void> {
    const which = kind === 'refuse' || kind === 'hang' ? 'all' : 'watches';
    await this.#proxy.inject({ kind }, which);
    await sleep(60);
    await this.#proxy.heal();
  }

  async crash(): Promise<void> {
    const broken = this.brokenHelm();
    if (broken) throw new Error(broken);
    await this.#server.kill();
    this.#stores[Symbol.dispose]();
    await this.#api[Symbol.asyncDispose]();
    await this.#start();
  }

  /** Waits until the stores with these names settle, and returns one line per broken invariant. */
  async settle(present: Set<string>, absent: Set<string>): Promise<string[]> {
    await this.#proxy.heal();
    const done = (all: Store[]): boolean =>
      [...present].every((name) => this.#isSettled(all.find((store) => store.name === name))) &&
      all.every(({ name }) => !absent.has(name));
    const all = await this.#quiet(done);
    if (!done(all)) {
      const found = all.map(
        ({ name, phase, reason, message }) => `not quiet: ${name} ${phase} ${reason ?? ''} ${message ?? ''}`,
      );
      return [...found, ...this.#server.log().trim().split('\n').slice(-20)];
    }
    const broken = this.brokenHelm();
    return [
      ...(broken ? [broken] : []),
      ...(await this.#leftovers(absent)),
      ...(await this.#missing(present, all)),
      ...(await this.#awake(all)),
      ...this.#numberingFaults(),
      ...(await this.#subscriberLag()),
    ];
  }

  /** Waits until the stores with these names are Ready or can't become so. */
  async rest(present: Set<string>): Promise<void> {
    const isSettled = (name: string, all: Store[]): boolean =>
      this.#isSettled(all.find((store) => store.name === name));
    await this.#quiet((all) => [...present].every((name) => isSettled(name, all)));
  }

  /** Ready, or stopped for a true reason: lost data stays lost until an operator decides. */
  #isSettled(store: Store | undefined): boolean {
    if (!store) return false;
    const { name, phase, reason = '', generation, observedGeneration } = store;
    if (this.#allowedLosses.get(name)?.has(reason))
      return AWAITING_OPERATOR.has(reason) || generation === observedGeneration;
    // Only a resume installs an empty store where the namespace was deleted.
    if (this.#suspended.has(name)) return phase === 'Suspended' || reason === 'NamespaceMissing';
    return phase === 'Ready' && generation === observedGeneration;
  }

  /** Returns all stores once `done` holds, or after `QUIET_MS` as they are. */
  async #quiet(done: (all: Store[]) => boolean): Promise<Store[]> {
    const until = Date.now() + QUIET_MS;
    for (;;) {
      const { stores } = await this.#api.trpc.stores.list.query();
      if (done(stores) || Date.now() > until) return stores;
      await sleep(15);
    }
  }

  async #leftovers(absent: Set<string>): Promise<string[]> {
    const names = await this.#namespaces();
    return names.filter((name) => absent.has(name)).map((name) => `the deleted store ${name} still has its namespace`);
  }

  async #missing(present: Set<string>, all: Store[]): Promise<string[]> {
    const names = await this.#namespaces();
    const ready = all.filter(({ name, phase }) => present.has(name) && phase === 'Ready');
    return ready.filter(({ name }) => !names.includes(name)).map(({ name }) => `${name} is Ready without a namespace`);
  }

  async #awake(all: Store[]): Promise<string[]> {
    const asleep = all.filter(({ phase }) => phase === 'Suspended');
    const answer = await fetch(`${this.#cluster.simulator.url}/api/v1/pods`);
    const { items } = (await answer.json()) as { items: { metadata: { name: string; namespace: string } }[] };
    return items.flatMap(({ metadata: { name, namespace } }) =>
      asleep.some((store) => store.namespace === namespace)
        ? [`${namespace} is suspended and has the pod ${name}`]
        : [],
    );
  }

  #numberingFaults(): string[] {
    const { seqs } = this.#stores;
    return seqs.every((seq, index) => index === 0 || seq > (seqs[index - 1] ?? 0))
      ? []
      : ['update numbers do not rise'];
  }

  /** Checks that a subscriber's stores catch up with those that a call returns. */
  async #subscriberLag(): Promise<string[]> {
    const words = (all: Iterable<Store>): string =>
      JSON.stringify([...all].map(({ name, phase }) => `${name} ${phase}`).toSorted());
    const { stores } = await this.#api.trpc.stores.list.query();
    const caughtUp = (all: Store[]): boolean => words(all) === words(stores);
    const seen = await this.#stores.until('the stores that a call returns', caughtUp, 5000).catch(() => undefined);
    return seen ? [] : [`a subscriber has ${words(this.#stores.stores.values())}, a call returns ${words(stores)}`];
  }

  /**
   * Describes two simultaneous operations on one release, or more at once than allowed; undefined if neither happened.
   */
  brokenHelm(): string | undefined {
    const running = new Set<string>();
    for (const line of this.#server.log().split('\n')) {
      const [, verb, name = ''] = /^helm (begins|ends) (\S+)/.exec(line) ?? [];
      if (verb === 'ends') running.delete(name);
      if (verb !== 'begins') continue;
      if (running.has(name)) return `two helm operations at once on ${name}`;
      running.add(name);
      if (running.size > MAX_PARALLEL) return `${running.size} helm operations at once`;
    }
    return undefined;
  }

  async #namespaces(): Promise<string[]> {
    const answer = await fetch(`${this.#cluster.simulator.url}/api/v1/namespaces`);
    const { items } = (await answer.json()) as { items: { metadata: { name: string } }[] };
    return items.map(({ metadata }) => metadata.name.replace('store-', ''));
  }

  async close(): Promise<void> {
    this.#stores[Symbol.dispose]();
    await this.#api[Symbol.asyncDispose]();
    await this.#server.stop();
    await this.#proxy[Symbol.asyncDispose]();
    await this.#cluster[Symbol.asyncDispose]();
  }
}

function expected(pattern: RegExp): (error: Error) => undefined {
  return (error) => {
    if (!pattern.test(error.message)) throw error;
    return undefined;
  };
}

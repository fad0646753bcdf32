/**
 * Limits how many subscriptions each connection holds at once, and how many logs and lists of events each caller follows
 * over all of its connections; refuses more with `too_many_requests`. `websocket.ts` limits connections.
 */
import { ShopyardError } from '@shopyard/contracts';
import type { PlatformService, Services, StoreService, Tracked } from '@shopyard/contracts/services';
import { Quota } from './quota.ts';

const MAX_SUBSCRIPTIONS = 32;
const MAX_LOGS = 8;
/** Each one opens its own watch on the API server. */
const MAX_EVENT_LISTS = 16;
/** Refusals after which a connection is closed: each one costs time that other clients wait. */
const MAX_REFUSALS = 50;

export interface ClusterQuotas {
  logs: Quota;
  eventLists: Quota;
}

/** Quotas per caller, over all of its connections. Each use opens a connection to the API server. */
export function createClusterQuotas(): ClusterQuotas {
  return { logs: new Quota({ each: MAX_LOGS }), eventLists: new Quota({ each: MAX_EVENT_LISTS }) };
}

export interface ConnectionLimits {
  /** Key of the quotas, see Identity. */
  key: string;
  quotas: ClusterQuotas;
  /** Called when the client keeps asking despite many refusals. */
  onInsistent: () => void;
}

/** Wraps the services for one connection so that its subscriptions count. */
export function limitSubscriptions(services: Services, { key, quotas, onInsistent }: ConnectionLimits): Services {
  const subscriptions = new Quota({ each: MAX_SUBSCRIPTIONS });
  let refusals = 0;
  const refuse = (why: string): never => {
    refusals += 1;
    if (refusals === MAX_REFUSALS) onInsistent();
    throw new ShopyardError('too_many_requests', `${why}: close some and try again`);
  };
  const takeSubscription = (): (() => void) =>
    subscriptions.take('') ?? refuse(`a connection may hold at most ${MAX_SUBSCRIPTIONS} subscriptions at once`);
  const takeLog = (): (() => void) =>
    quotas.logs.take(key) ?? refuse(`at most ${MAX_LOGS} logs can be followed at once`);
  const takeEventList = (): (() => void) =>
    quotas.eventLists.take(key) ?? refuse(`the events of at most ${MAX_EVENT_LISTS} stores can be followed at once`);
  const { stores, platform } = services;
  const limited: Pick<StoreService, Watching<StoreService>> = {
    watch: (options, caller) => counted([takeSubscription], () => stores.watch(options, caller)),
    watchOne: (id, options) => counted([takeSubscription], () => stores.watchOne(id, options)),
    logs: (input, options) => counted([takeSubscription, takeLog], () => stores.logs(input, options)),
    watchEvents: (id, options) => counted([takeSubscription, takeEventList], () => stores.watchEvents(id, options)),
    watchMails: (id, options) => counted([takeSubscription], () => stores.watchMails(id, options)),
    watchRelease: (id, options) => counted([takeSubscription], () => stores.watchRelease(id, options)),
  };
  const limitedPlatform: Pick<PlatformService, Watching<PlatformService>> = {
    watchOverview: (input, options, caller) =>
      counted([takeSubscription], () => platform.watchOverview(input, options, caller)),
  };
  return { ...services, stores: { ...stores, ...limited }, platform: { ...platform, ...limitedPlatform } };
}

/** Each needs a limit here; without one, the services don't compile. */
type Watching<Service> = Extract<keyof Service, `watch${string}` | 'logs'>;

/** Takes from the quotas when iteration starts, and gives back however it ends. */
async function* counted<T>(
  takes: readonly (() => () => void)[],
  open: () => AsyncIterable<Tracked<T>>,
): AsyncGenerator<Tracked<T>> {
  using held = new DisposableStack();
  for (const take of takes) held.defer(take());
  yield* open();
}

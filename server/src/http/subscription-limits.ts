/** How much one caller may follow at once; more is refused with `too_many_requests`. */
import { type Services, ShopyardError, type StoreService, type Tracked } from '@shopyard/contracts';
import { Quota } from './quota.ts';

const MAX_SUBSCRIPTIONS = 32;
const MAX_LOGS = 8;
/** Of one connection, which is then closed: each costs time that others wait. */
const MAX_REFUSALS = 50;

/** Followed logs by caller; each of them is a connection to the API server. */
export function createLogQuota(): Quota {
  return new Quota({ each: MAX_LOGS });
}

export interface ConnectionLimits {
  /** What logs are counted by. */
  key: string;
  logs: Quota;
  /** It goes on asking in spite of many refusals. */
  onInsistent: () => void;
}

/** The services for one connection, its subscriptions counted. */
export function limitSubscriptions(services: Services, { key, logs, onInsistent }: ConnectionLimits): Services {
  const subscriptions = new Quota({ each: MAX_SUBSCRIPTIONS });
  let refusals = 0;
  const refuse = (why: string): never => {
    refusals += 1;
    if (refusals === MAX_REFUSALS) onInsistent();
    throw new ShopyardError('too_many_requests', `${why}: close some and try again`);
  };
  const takeSubscription = (): (() => void) =>
    subscriptions.take('') ?? refuse(`a connection follows at most ${MAX_SUBSCRIPTIONS} things at once`);
  const takeLog = (): (() => void) => logs.take(key) ?? refuse(`at most ${MAX_LOGS} logs can be followed at once`);
  const { stores } = services;
  const limited: Pick<StoreService, 'watch' | 'watchOne' | 'logs'> = {
    watch: (options) => counted([takeSubscription], () => stores.watch(options)),
    watchOne: (id, options) => counted([takeSubscription], () => stores.watchOne(id, options)),
    logs: (input, options) => counted([takeSubscription, takeLog], () => stores.logs(input, options)),
  };
  return { ...services, stores: { ...stores, ...limited } };
}

/** Takes when it begins, and gives back however it ends. */
async function* counted<T>(
  takes: readonly (() => () => void)[],
  open: () => AsyncIterable<Tracked<T>>,
): AsyncGenerator<Tracked<T>> {
  using held = new DisposableStack();
  for (const take of takes) held.defer(take());
  yield* open();
}

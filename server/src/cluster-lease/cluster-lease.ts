/**
 * One Shopyard per cluster: holds the cluster's Lease, renews it, and says at any moment whether this process may write.
 * A Lease is no fence: the API server takes writes of a holder that has lost it. So the holder stops by its own clocks,
 * before anybody else may take over, and asks before each write. A process that was stopped past its Lease finds it run
 * out when it goes on.
 */
import type { Lease, LeaseContent } from '../kube/lease.ts';
import { type AcquireOptions, acquireLease, ANSWER_MS, answerWithin, isKind } from './acquire-lease.ts';
import { toIdentity } from './holder.ts';
import { DURATION_MS, RENEW_MS } from './judge-lease.ts';
import { ClusterHeldError, LeaseLostError } from './lease-errors.ts';
import { lateText, NOT_YET, takenText } from './lease-words.ts';
import { elapsedSince, type Moment, toMoment } from './moment.ts';

/** Without a renewal for this long nothing is written: helm has the rest of the Lease to end. */
const HOLD_MS = DURATION_MS - 5000;
const RETRY_MS = 2000;
/** From one failed attempt to renew to the end of the next: a write, and a read. */
const ATTEMPT_MS = RETRY_MS + 2 * ANSWER_MS;

export interface ClusterLeaseOptions extends AcquireOptions {
  /** It turned out to be another's after the start had gone on without an API server. */
  onRefused: (why: string) => void;
}

export class ClusterLease {
  readonly #options: ClusterLeaseOptions;
  readonly #stop = new AbortController();
  readonly #firstHeld = Promise.withResolvers<void>();
  #lost = new AbortController();
  #state: 'waiting' | 'held' | 'late' | 'taken' = 'waiting';
  #lease: Lease | undefined;
  #renewedAt: Moment | undefined;
  /** When it last could not be renewed. */
  #failedAt: Moment | undefined;
  #renewal: Promise<void> | undefined;
  #url: string | undefined;
  #takenOver = false;
  #trouble = NOT_YET;
  #onChange: () => void = () => undefined;
  #cancelRenewal: (() => void) | undefined;
  #cancelExpiry: (() => void) | undefined;

  constructor(options: ClusterLeaseOptions) {
    this.#options = options;
  }

  /** Calls `listener` whenever it was got, lost or got back from now on. */
  onChange(listener: () => void): void {
    this.#onChange = listener;
  }

  /** Resolves when it is held for the first time. */
  get held(): Promise<void> {
    return this.#firstHeld.promise;
  }

  /** Aborts when it is lost; another one after it was got back. */
  get signal(): AbortSignal {
    return this.#lost.signal;
  }

  /** See Acquired. */
  get takenOver(): boolean {
    return this.#takenOver;
  }

  /** Why nothing is written now, one sentence; undefined while it is held. */
  get trouble(): string | undefined {
    return this.mayWrite() ? undefined : this.#trouble;
  }

  mayWrite(): boolean {
    return this.#renewedAt !== undefined && elapsedSince(this.#renewedAt, this.#options.clock) < HOLD_MS;
  }

  /** Throws LeaseLostError unless it is held. */
  assertHeld(): void {
    if (!this.mayWrite()) throw new LeaseLostError();
  }

  /**
   * Why calls that change something are refused, one sentence with the remedy: another Shopyard has the cluster. Undefined
   * while it is held, and while the API server doesn't answer, because what is asked for then is done afterwards. A process
   * that was stopped past its Lease finds out before it answers.
   */
  async refusal(): Promise<string | undefined> {
    const isTrying = this.#failedAt && elapsedSince(this.#failedAt, this.#options.clock) < ATTEMPT_MS;
    if (this.#renewedAt && !this.mayWrite() && !isTrying) await (this.#renewal ?? this.#renew());
    return this.#state === 'taken' ? this.#trouble : undefined;
  }

  /**
   * Resolves when it is held, or when the API server can't be asked: then it goes on trying. Throws ClusterHeldError when
   * another Shopyard holds it, or the account may not use it.
   */
  async start(): Promise<void> {
    // The clock's timers keep no process alive, and while it waits here there is nothing else that does.
    const alive = setInterval(() => undefined, 60_000);
    try {
      await this.#acquire();
    } catch (error) {
      if (error instanceof ClusterHeldError) throw error;
      this.#options.log.warn({ reason: (error as Error).message }, 'the Lease of the cluster could not be taken yet');
      void this.#acquireLater();
    } finally {
      clearInterval(alive);
    }
  }

  /** Where this server is, for the Lease to say. */
  announce(url: string): void {
    this.#url = url;
    if (this.mayWrite()) void this.#renew();
  }

  /** Gives it back, if it is held; nothing is written afterwards. */
  async close(): Promise<void> {
    const held = this.mayWrite();
    this.#stop.abort();
    this.#cancelRenewal?.();
    this.#cancelExpiry?.();
    this.#renewedAt = undefined;
    this.#lost.abort();
    if (held) await this.#giveBack();
  }

  async #acquire(): Promise<void> {
    const { lease, at, takenOver } = await acquireLease(this.#options, this.#stop.signal);
    this.#takenOver = takenOver;
    this.#renewed(lease, at);
    if (this.#url) void this.#renew();
  }

  async #acquireLater(): Promise<void> {
    const { clock, onRefused } = this.#options;
    for (;;) {
      await clock.sleep(RETRY_MS, this.#stop.signal);
      if (this.#stop.signal.aborted) return;
      try {
        return await this.#acquire();
      } catch (error) {
        if (error instanceof ClusterHeldError) return onRefused(error.message);
      }
    }
  }

  #renew(): Promise<void> {
    const renewal = this.#tryToRenew().finally(() => {
      if (this.#renewal === renewal) this.#renewal = undefined;
    });
    return (this.#renewal = renewal);
  }

  async #tryToRenew(): Promise<void> {
    const { leases, clock } = this.#options;
    const at = toMoment(clock);
    const signal = answerWithin(this.#stop.signal);
    try {
      this.#renewed(await leases.write(this.#content(), this.#lease?.resourceVersion, signal), at);
    } catch (error) {
      if (!this.#stop.signal.aborted) await this.#notRenewed(error).catch(() => this.#retry());
    }
  }

  async #notRenewed(error: unknown): Promise<void> {
    if (!isKind(error, 'conflict', 'not-found')) return this.#retry();
    const { leases, me } = this.#options;
    const found = await leases.read(answerWithin(this.#stop.signal));
    if (found && found.holder !== toIdentity(me)) return this.#taken(found);
    // It was removed; or the answer that never came was a yes.
    this.#lease = found;
    this.#renewIn(0);
  }

  #renewed(lease: Lease, at: Moment): void {
    if (this.#stop.signal.aborted) return;
    const { clock, log } = this.#options;
    this.#lease = lease;
    this.#renewedAt = at;
    this.#failedAt = undefined;
    this.#renewIn(RENEW_MS);
    this.#cancelExpiry?.();
    this.#cancelExpiry = clock.after(Math.max(0, HOLD_MS - elapsedSince(at, clock)), () => this.#ranOut());
    if (this.#state === 'held' || !this.mayWrite()) return;
    if (this.#state === 'late') {
      this.#lost = new AbortController();
      log.info('the Lease of the cluster is held again');
    }
    this.#state = 'held';
    this.#firstHeld.resolve();
    this.#onChange();
  }

  #ranOut(): void {
    if (!this.mayWrite()) this.#lose('late', lateText(HOLD_MS / 1000));
  }

  #taken(lease: Lease): void {
    this.#cancelExpiry?.();
    this.#renewedAt = undefined;
    this.#lose('taken', takenText(lease));
  }

  #lose(state: 'late' | 'taken', why: string): void {
    this.#state = state;
    this.#trouble = why;
    this.#lost.abort();
    this.#options.log.error(why);
    this.#onChange();
  }

  async #giveBack(): Promise<void> {
    const { leases, me } = this.#options;
    const signal = AbortSignal.timeout(ANSWER_MS);
    const content = { ...this.#content(), holder: undefined };
    try {
      await leases.write(content, this.#lease?.resourceVersion, signal).catch(async () => {
        // A renewal was on its way.
        const found = await leases.read(signal);
        if (found?.holder === toIdentity(me)) await leases.write(content, found.resourceVersion, signal);
      });
    } catch {
      // It runs out by itself.
    }
  }

  #content(): LeaseContent {
    const { version, clock, me } = this.#options;
    return {
      holder: toIdentity(me),
      durationMs: DURATION_MS,
      renewedAt: clock.now().getTime(),
      transitions: this.#lease?.transitions ?? 0,
      version,
      url: this.#url,
      since: this.#lease?.since,
    };
  }

  #retry(): void {
    this.#failedAt = toMoment(this.#options.clock);
    this.#renewIn(RETRY_MS);
  }

  #renewIn(ms: number): void {
    this.#cancelRenewal?.();
    if (!this.#stop.signal.aborted) this.#cancelRenewal = this.#options.clock.after(ms, () => void this.#renew());
  }
}

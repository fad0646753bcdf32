/**
 * One Shopyard per cluster: holds and renews the cluster's Lease, and knows at any moment whether this process may
 * write. A Lease is no fence: the API server accepts writes from a former holder. So the holder stops by its own
 * clocks, before anyone else may take over, and checks before each write. A process stopped past its Lease finds it
 * expired when it resumes.
 */
import { messageOf } from '../kit/error-message.ts';
import { isKind } from '../kube/errors.ts';
import type { Lease, LeaseContent } from '../kube/lease.ts';
import { type AcquireOptions, acquireLease, ANSWER_MS, answerWithin } from './acquire-lease.ts';
import { toIdentity } from './holder.ts';
import { DURATION_MS, RENEW_MS } from './judge-lease.ts';
import { ClusterHeldError, LeaseLostError } from './lease-errors.ts';
import { lateText, NOT_YET, takenText } from './lease-words.ts';
import { elapsedSince, type Moment, toMoment } from './moment.ts';

/** Writing stops this long after the last renewal: helm has the rest of the Lease to exit. */
const HOLD_MS = DURATION_MS - 5000;
const RETRY_MS = 2000;
/** From one failed renewal to the end of the next: a write and a read. */
const ATTEMPT_MS = RETRY_MS + 2 * ANSWER_MS;

export interface ClusterLeaseOptions extends AcquireOptions {
  /** Called if another turns out to hold it after a start without an API server. */
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
  /** Time of the last failed renewal. */
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

  /** Calls `listener` whenever the Lease is acquired, lost or regained. */
  onChange(listener: () => void): void {
    this.#onChange = listener;
  }

  /** Resolves once it is first held. */
  get held(): Promise<void> {
    return this.#firstHeld.promise;
  }

  /** Aborts when the Lease is lost; replaced when it is regained. */
  get signal(): AbortSignal {
    return this.#lost.signal;
  }

  /** See Acquired. */
  get takenOver(): boolean {
    return this.#takenOver;
  }

  /** One sentence why writing is paused; `undefined` while the Lease is held. */
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
   * One sentence why mutating calls are refused, with the remedy: another Shopyard holds the cluster. `undefined` while
   * the Lease is held, and while the API server doesn't answer, because such calls take effect later. A process stopped
   * past its Lease checks before it answers.
   */
  async refusal(): Promise<string | undefined> {
    const isTrying = this.#failedAt && elapsedSince(this.#failedAt, this.#options.clock) < ATTEMPT_MS;
    if (this.#renewedAt && !this.mayWrite() && !isTrying) await (this.#renewal ?? this.#renew());
    return this.#state === 'taken' ? this.#trouble : undefined;
  }

  /**
   * Resolves once the Lease is held, or if the API server is unreachable: then it keeps trying. Throws ClusterHeldError
   * if another Shopyard holds it or the account may not use it.
   */
  async start(): Promise<void> {
    // The clock's timers don't keep the process alive, and nothing else does during this wait.
    const alive = setInterval(() => undefined, 60_000);
    try {
      await this.#acquire();
    } catch (error) {
      if (error instanceof ClusterHeldError) throw error;
      this.#options.log.warn({ reason: messageOf(error) }, 'the Lease of the cluster could not be taken yet');
      void this.#acquireLater();
    } finally {
      clearInterval(alive);
    }
  }

  /** Publishes this server's URL in the Lease. */
  announce(url: string): void {
    this.#url = url;
    if (this.mayWrite()) void this.#renew();
  }

  /** Releases the Lease if it is held. Nothing is written afterwards. */
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
    const { leases, claim } = this.#options;
    const found = await leases.read(answerWithin(this.#stop.signal));
    if (found && found.holder !== toIdentity(claim.me)) return this.#taken(found);
    // It was deleted, or the request with the lost answer succeeded.
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
    this.#cancelExpiry = clock.after(Math.max(0, HOLD_MS - elapsedSince(at, clock)), () => {
      if (!this.mayWrite()) this.#lose('late', lateText(HOLD_MS / 1000));
    });
    if (this.#state === 'held' || !this.mayWrite()) return;
    if (this.#state === 'late') {
      this.#lost = new AbortController();
      log.info('the Lease of the cluster is held again');
    }
    this.#state = 'held';
    this.#firstHeld.resolve();
    this.#onChange();
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
    const { leases, claim } = this.#options;
    const signal = AbortSignal.timeout(ANSWER_MS);
    const content = { ...this.#content(), holder: undefined };
    try {
      await leases.write(content, this.#lease?.resourceVersion, signal).catch(async () => {
        // A renewal was in flight.
        const found = await leases.read(signal);
        if (found?.holder === toIdentity(claim.me)) await leases.write(content, found.resourceVersion, signal);
      });
    } catch {
      // It expires by itself.
    }
  }

  #content(): LeaseContent {
    const { claim, clock } = this.#options;
    return {
      holder: toIdentity(claim.me),
      durationMs: DURATION_MS,
      renewedAt: clock.now().getTime(),
      transitions: this.#lease?.transitions ?? 0,
      version: claim.version,
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

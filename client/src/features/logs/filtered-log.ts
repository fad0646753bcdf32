/**
 * Logs of several containers, and which of their lines are shown. Each line is looked at once: new lines are filtered as
 * they arrive, and all of them again only when the filter changes. While somebody reads further up, the rows stay as they
 * are and new lines wait.
 */
import type { LogEvent } from '@shopyard/contracts';
import { insertRows, LogBuffer, type LogRow, MAX_LINES } from './log-buffer.ts';
import type { Level } from './log-level.ts';
import { createMatcher, type Match, type Search } from './match-lines.ts';
import { type StartWorker, WorkerMatcher } from './worker-matcher.ts';

/** Lines that the worker gets at once. */
const BATCH = 2000;

export interface LogFilter extends Search {
  /** Hides lines that don't contain what is searched; they are shown otherwise. */
  only: boolean;
  /** None: lines of every level. */
  levels: readonly Level[];
  probes: boolean;
}

export const NO_FILTER: LogFilter = { include: '', exclude: '', regex: false, only: true, levels: [], probes: true };

export interface LogSnapshot {
  /** Not to be changed; the same list as before if only its content changed. */
  rows: readonly LogRow[];
  /** Those rows that contain what is searched. */
  matches: readonly LogRow[];
  total: number;
  /** Older lines that made room. */
  dropped: number;
  probes: number;
  /** Lines that wait while somebody reads. */
  waiting: number;
  /** The expression takes too long, and counts as empty. */
  slow: boolean;
}

export interface FilteredLogOptions {
  startWorker: StartWorker;
  /** Runs `notify` soon, such as with the next frame. */
  schedule: (notify: () => void) => void;
}

export class FilteredLog {
  readonly #options: FilteredLogOptions;
  #buffer = new LogBuffer();
  #filter = NO_FILTER;
  #shown: LogRow[] = [];
  #matches: LogRow[] = [];
  #ranges = new WeakMap<LogRow, readonly number[]>();
  readonly #gone = new WeakSet<LogRow>();
  #match: ((text: string) => Match) | undefined = createMatcher(NO_FILTER);
  #worker: WorkerMatcher | undefined;
  /** Rows for the worker. */
  #queue: LogRow[] = [];
  #draining: WorkerMatcher | undefined;
  #slow = false;
  #dropped = 0;
  #probes = 0;
  #held: { source: string; event: LogEvent }[] | undefined;
  #heldLines = 0;
  /** Lines that arrived since `hold`. */
  #waiting = 0;
  #listeners = new Set<() => void>();
  #snapshot: LogSnapshot | undefined;
  #scheduled = false;

  constructor(options: FilteredLogOptions) {
    this.#options = options;
  }

  append(source: string, event: LogEvent): void {
    if (this.#held) this.#wait(source, event);
    else this.#add(source, event);
    this.#changed();
  }

  setFilter(filter: LogFilter): void {
    this.#worker?.stop();
    this.#worker = undefined;
    this.#filter = filter;
    this.#slow = false;
    if (filter.regex && (filter.include !== '' || filter.exclude !== '')) {
      this.#match = undefined;
      this.#worker = new WorkerMatcher(filter, this.#options.startWorker);
    } else this.#match = createMatcher(filter);
    this.#filterAgain();
  }

  /** Keeps the rows as they are until `release`. */
  hold(): void {
    this.#held ??= [];
  }

  release(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    this.#heldLines = 0;
    this.#waiting = 0;
    for (const { source, event } of held) this.#add(source, event);
    this.#changed();
  }

  /** Where the row contains what is searched, as start and end in turn. */
  rangesOf(row: LogRow): readonly number[] {
    return this.#ranges.get(row) ?? [];
  }

  /** All rows, whatever the filter. */
  get all(): readonly LogRow[] {
    return this.#buffer.rows;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): LogSnapshot =>
    (this.#snapshot ??= {
      rows: this.#shown,
      matches: this.#matches,
      total: this.#buffer.rows.length,
      dropped: this.#dropped,
      probes: this.#probes,
      waiting: this.#waiting,
      slow: this.#slow,
    });

  stop(): void {
    this.#worker?.stop();
  }

  #add(source: string, event: LogEvent): void {
    const { added, dropped } = this.#buffer.append(source, event);
    this.#dropped += dropped.length;
    this.#probes += countProbes(added) - countProbes(dropped);
    this.#sift(added);
    for (const row of dropped) this.#gone.add(row);
    for (const rows of [this.#shown, this.#matches]) {
      const kept = rows.findIndex((row) => !this.#gone.has(row));
      rows.splice(0, kept < 0 ? rows.length : kept);
    }
  }

  /** No more than a full buffer waits: older lines would be dropped when they are released. */
  #wait(source: string, event: LogEvent): void {
    this.#held?.push({ source, event });
    this.#waiting += countLines(event);
    this.#heldLines += countLines(event);
    while (this.#heldLines > 2 * MAX_LINES) {
      const lines = countLines(this.#held?.shift()?.event);
      this.#heldLines -= lines;
      this.#dropped += lines;
    }
  }

  #filterAgain(): void {
    [this.#shown, this.#matches, this.#queue] = [[], [], []];
    this.#ranges = new WeakMap();
    this.#sift(this.#buffer.rows);
    this.#changed();
  }

  #sift(rows: readonly LogRow[]): void {
    const { levels, probes } = this.#filter;
    const candidates = rows.filter(
      ({ mark, probe, level }) => mark || ((probes || !probe) && (levels.length === 0 || levels.includes(level))),
    );
    const match = this.#match;
    if (match)
      return this.#show(
        candidates,
        candidates.map(({ mark, text }) => (mark ? undefined : match(text))),
      );
    this.#queue.push(...candidates);
    if (this.#worker) void this.#drain(this.#worker);
  }

  /** Has the worker look at the queue, batch by batch. */
  async #drain(worker: WorkerMatcher): Promise<void> {
    if (this.#draining === worker) return;
    this.#draining = worker;
    try {
      while (this.#queue.length > 0) {
        const rows = this.#queue.splice(0, BATCH);
        const matches = await worker.match(rows.map(({ text }) => text));
        if (this.#worker !== worker) return;
        const left = rows.map((row, index) => ({ row, match: row.mark ? undefined : matches[index] }));
        const alive = left.filter(({ row }) => !this.#gone.has(row));
        this.#show(
          alive.map(({ row }) => row),
          alive.map(({ match }) => match),
        );
        this.#changed();
      }
    } catch {
      if (this.#worker !== worker) return;
      this.#worker = undefined;
      this.#slow = true;
      this.#match = createMatcher({ ...this.#filter, include: '', exclude: '' });
      this.#filterAgain();
    } finally {
      if (this.#draining === worker) this.#draining = undefined;
    }
  }

  /** `matches`: one for each row, none for a mark. */
  #show(rows: readonly LogRow[], matches: readonly (Match | undefined)[]): void {
    const shown: LogRow[] = [];
    const found: LogRow[] = [];
    rows.forEach((row, index) => {
      const match = matches[index];
      if (match?.excluded || (match && !match.included && this.#filter.only)) return;
      shown.push(row);
      if (!match || match.ranges.length === 0) return;
      found.push(row);
      this.#ranges.set(row, match.ranges);
    });
    insertRows(this.#shown, shown);
    insertRows(this.#matches, found);
  }

  #changed(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#options.schedule(() => {
      this.#scheduled = false;
      this.#snapshot = undefined;
      for (const listener of this.#listeners) listener();
    });
  }
}

function countLines(event: LogEvent | undefined): number {
  return event?.type === 'lines' ? event.lines.length : 0;
}

function countProbes(rows: readonly LogRow[]): number {
  return rows.filter(({ probe }) => probe).length;
}

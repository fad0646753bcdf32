/** Container logs, in memory: the latest lines of the current and the previous container. */

/** Lines kept per container, as `kubectl logs` of a real node is bounded by file rotation. */
const MAX_LINES = 2000;

export interface LogLine {
  /** RFC 3339 with nanoseconds, strictly increasing, so that a reader can resume from it. */
  time: string;
  text: string;
}

interface Entry {
  current: LogLine[];
  previous: LogLine[];
  followers: Set<Follower>;
}

interface Follower {
  line: (line: LogLine) => void;
  end: () => void;
}

export class LogBook {
  #time = '';
  #nanos = 0;
  readonly #entries = new Map<string, Entry>();

  write(podUid: string, container: string, text: string): void {
    const entry = this.#entry(podUid, container);
    const line = { time: this.#stamp(), text };
    entry.current.push(line);
    if (entry.current.length > MAX_LINES) entry.current.shift();
    for (const follower of entry.followers) follower.line(line);
  }

  /** The container restarts: the current lines become the previous ones. */
  rotate(podUid: string, container: string): void {
    const entry = this.#entry(podUid, container);
    if (entry.current.length === 0) return;
    entry.previous = entry.current;
    entry.current = [];
  }

  lines(podUid: string, container: string, previous = false): readonly LogLine[] {
    const entry = this.#entries.get(`${podUid}/${container}`);
    return (previous ? entry?.previous : entry?.current) ?? [];
  }

  /** Calls `line` for each new line, and `end` when the container ends, until the result is called. */
  follow(podUid: string, container: string, follower: Follower): () => void {
    const { followers } = this.#entry(podUid, container);
    followers.add(follower);
    return () => followers.delete(follower);
  }

  /** Notifies followers that the container has ended. */
  end(podUid: string, container: string): void {
    const entry = this.#entries.get(`${podUid}/${container}`);
    for (const follower of entry?.followers ?? []) follower.end();
    entry?.followers.clear();
  }

  forget(podUid: string): void {
    for (const [key, entry] of this.#entries) {
      if (!key.startsWith(`${podUid}/`)) continue;
      for (const follower of entry.followers) follower.end();
      this.#entries.delete(key);
    }
  }

  #stamp(): string {
    const time = new Date().toISOString();
    this.#nanos = time === this.#time ? this.#nanos + 1 : 0;
    this.#time = time;
    return `${time.slice(0, -1)}${String(this.#nanos).padStart(6, '0')}Z`;
  }

  #entry(podUid: string, container: string): Entry {
    const key = `${podUid}/${container}`;
    let entry = this.#entries.get(key);
    if (!entry) this.#entries.set(key, (entry = { current: [], previous: [], followers: new Set() }));
    return entry;
  }
}

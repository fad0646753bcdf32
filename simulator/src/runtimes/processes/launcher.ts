/** Starts the processes of stores, and preloads one when another store is about to start. */
import { spawnProgram, type StoreChild, type StoreProcess, startStore } from './store-process.ts';

/** A preloaded process that is still unused by then is stopped: it takes 300 MiB. */
const SPARE_MS = 60_000;

export class Launcher {
  readonly #program: string;
  readonly #flags: readonly string[];
  #spare: { child: StoreChild; timer: NodeJS.Timeout } | undefined;

  /** `flags`: Node's, for its processes. */
  constructor(program: string, flags: readonly string[] = []) {
    this.#program = program;
    this.#flags = flags;
  }

  get hasSpare(): boolean {
    return this.#spare !== undefined;
  }

  /** A process that ends by itself. */
  run(spec: object, log: (line: string) => void): StoreProcess {
    return startStore(spawnProgram(this.#program, this.#flags), spec, log);
  }

  serve(spec: object, log: (line: string) => void): StoreProcess {
    return startStore(this.#takeSpare() ?? spawnProgram(this.#program, this.#flags), spec, log);
  }

  /** Starts a process for the next `serve`. `ahead`: work that it can do before it knows its store. */
  prepare(ahead: object): void {
    if (this.#spare) return;
    const child = spawnProgram(this.#program, this.#flags);
    child.stdin.write(`${JSON.stringify(ahead)}\n`);
    const timer = setTimeout(() => this.#takeSpare()?.stdin.end(), SPARE_MS).unref();
    child.once('close', () => {
      if (this.#spare?.child === child) this.#takeSpare();
    });
    this.#spare = { child, timer };
  }

  #takeSpare(): StoreChild | undefined {
    const spare = this.#spare;
    clearTimeout(spare?.timer);
    this.#spare = undefined;
    return spare?.child;
  }
}

/** Starts the processes of stores, and has one loaded when the next is known to come. */
import { spawnProgram, type StoreChild, type StoreProcess, tellProgram } from './store-process.ts';

/** A process that nobody took by then is ended: it has 60 MiB. */
const SPARE_MS = 60_000;

export class Launcher {
  readonly #program: string;
  #spare: { child: StoreChild; timer: NodeJS.Timeout } | undefined;

  constructor(program: string) {
    this.#program = program;
  }

  get hasSpare(): boolean {
    return this.#spare !== undefined;
  }

  start(spec: object, log: (line: string) => void): StoreProcess {
    return tellProgram(this.#takeSpare() ?? spawnProgram(this.#program), spec, log);
  }

  /** A process is started and told nothing yet. */
  prepare(): void {
    if (this.#spare) return;
    const child = spawnProgram(this.#program);
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

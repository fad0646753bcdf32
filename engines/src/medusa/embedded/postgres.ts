/** The one PostgreSQL of all embedded stores: started for the first of them, and again where it has ended. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('postgres.sh', import.meta.url));
/** PostgreSQL makes its name, of the port that is open nowhere. */
const SOCKET = '.s.PGSQL.5432';
const WAIT_MS = 60_000;
const PAUSE_MS = 50;
const RESTART_MS = 1000;

export interface PostgresOptions {
  /** Folder of its programs. */
  programs: string;
  /** Folder of its data. */
  data: string;
  /** Folder of its socket; inaccessible to other users. */
  sockets: string;
}

export class EmbeddedPostgres {
  readonly #options: PostgresOptions;
  #running: ChildProcess | undefined;
  #said = '';

  constructor(options: PostgresOptions) {
    this.#options = options;
  }

  /** Address of a database, with `{name}` in place of its name. Spelt as both of Medusa's drivers take it. */
  get url(): string {
    return `postgres://medusa@${encodeURIComponent(this.#options.sockets)}/{name}?sslmode=disable`;
  }

  /** Resolves once it can be connected to; rejects with its last words if it ends before. */
  async start(): Promise<void> {
    const child = (this.#running ??= this.#spawn());
    const until = Date.now() + WAIT_MS;
    while (!existsSync(join(this.#options.sockets, SOCKET))) {
      if (this.#running !== child || Date.now() > until) throw new Error(`PostgreSQL does not start: ${this.#said}`);
      await pause(PAUSE_MS);
    }
  }

  #spawn(): ChildProcess {
    const { programs, data, sockets } = this.#options;
    // One that was killed leaves it.
    rmSync(join(sockets, SOCKET), { force: true });
    // It ends when its input closes: with this process, however that ends.
    const child = spawn('/bin/sh', [SCRIPT, programs, data, sockets], {
      stdio: ['pipe', 'ignore', 'pipe'],
      env: { PATH: process.env['PATH'] ?? '' },
    });
    child.stdin.on('error', () => undefined);
    createInterface({ input: child.stderr }).on('line', (line) => (this.#said = line.trim() || this.#said));
    child.once('error', (error) => (this.#said = error.message));
    child.once('close', () => {
      this.#running = undefined;
      // Stores that run find it again by themselves.
      setTimeout(() => void this.start().catch(() => undefined), RESTART_MS).unref();
    });
    return child;
  }
}

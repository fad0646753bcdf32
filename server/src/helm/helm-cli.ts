/** The real helm binary, one process per operation. Values go in by standard input, never by argument. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Helm, Release } from './helm.ts';
import { HelmError, helmErrorOf } from './helm-error.ts';
import type { ProcessLedger } from './process-ledger.ts';
import { runProcess } from './run-process.ts';

/** Helm's own limit for one operation, and ours above it. */
const HELM_TIMEOUT = '120s';
const TIMEOUT_MS = 150_000;
const GRACE_MS = 15_000;

export interface HelmCliOptions {
  /** Path or name of the binary. */
  helm: string;
  /** Path of the chart. */
  chart: string;
  /** Values files under each store's own values, later ones on top. */
  valueFiles: readonly string[];
  kubeconfig?: string | undefined;
  context?: string | undefined;
  /** Helm's caches go below it. */
  stateDir: string;
  ledger: ProcessLedger;
  onStarted?: () => void;
  /** Called with each operation's duration, however it ended. */
  onOperation?: (operation: string, milliseconds: number) => void;
}

export function createHelmCli(options: HelmCliOptions): Helm {
  const env = environment(options);

  const run = async (args: readonly string[], signal: AbortSignal, input?: string): Promise<void> => {
    const started = performance.now();
    let forget: (() => void) | undefined;
    try {
      const result = await runProcess(options.helm, args, {
        env,
        signal,
        timeoutMs: TIMEOUT_MS,
        graceMs: GRACE_MS,
        onStart(pid) {
          forget = options.ledger.note(pid);
          options.onStarted?.();
        },
        ...(input === undefined ? {} : { input }),
      });
      if (result.exitCode === 0) return;
      if (result.cancelled) throw new HelmError('cancelled', 'helm was stopped');
      if (result.timedOut) throw new HelmError('timed-out', `helm did not finish within ${TIMEOUT_MS / 1000} s`);
      throw helmErrorOf(result.stderr);
    } catch (error) {
      if (error instanceof HelmError) throw error;
      throw new HelmError('other', `helm can't be started as "${options.helm}": set SHOPYARD_HELM to its path`, {
        cause: error,
      });
    } finally {
      forget?.();
      options.onOperation?.(args[0] ?? '', performance.now() - started);
    }
  };
  const target = ({ name, namespace }: Release): string[] => [name, '--namespace', namespace];

  return {
    upgradeInstall({ name, values, labels, signal, ...release }) {
      const files = options.valueFiles.flatMap((file) => ['--values', file]);
      const labelText = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
      const args = [
        'upgrade', '--install', name, options.chart, '--namespace', release.namespace,
        ...files, '--values', '-',
        '--labels', labelText.join(','),
        '--history-max', '10', '--timeout', HELM_TIMEOUT, '--hide-notes',
      ]; // prettier-ignore
      return run(args, signal, JSON.stringify(values));
    },
    uninstall(release, signal) {
      return run(['uninstall', ...target(release), '--ignore-not-found', '--timeout', HELM_TIMEOUT], signal);
    },
    rollback(release, revision, signal) {
      const [name = '', ...rest] = target(release);
      return run(
        ['rollback', name, String(revision), ...rest, '--timeout', HELM_TIMEOUT, '--history-max', '10'],
        signal,
      );
    },
  };
}

/** An allow-list: nothing else of the server's environment reaches helm. */
function environment({ kubeconfig, context, stateDir }: HelmCliOptions): Record<string, string> {
  const dirs = { HELM_CACHE_HOME: 'cache', HELM_CONFIG_HOME: 'config', HELM_DATA_HOME: 'data', HOME: 'home' };
  const made = Object.entries(dirs).map(([name, dir]) => {
    const path = join(stateDir, dir);
    mkdirSync(path, { recursive: true });
    return [name, path] as const;
  });
  const inherited = ['PATH', 'KUBERNETES_SERVICE_HOST', 'KUBERNETES_SERVICE_PORT'].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries([...inherited, ...made]),
    ...(kubeconfig ? { KUBECONFIG: kubeconfig } : {}),
    ...(context ? { HELM_KUBECONTEXT: context } : {}),
  };
}

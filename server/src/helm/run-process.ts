/** Runs one program to its end: no shell, its own process group, bounded output, a firm stop. */
import { execa, type Subprocess } from 'execa';

/** Characters kept of each stream, unless `maxOutput` says otherwise. */
const MAX_OUTPUT = 64 * 1024;

export interface RunOptions {
  env: Record<string, string>;
  /** Descriptor of its standard input; without one it is empty. */
  input?: number;
  /** Stops it: SIGTERM, and after the grace period SIGKILL. */
  signal: AbortSignal;
  /** `graceMs`: see `signal`. `maxOutput`: characters kept of each stream, its end. */
  limits: { timeoutMs: number; graceMs: number; maxOutput?: number };
  /** Called with the pid once it runs. */
  onStart?: (pid: number) => void;
}

/** How it ended. A failure has the shape of a result; only a program that can't be started throws. */
export interface ProcessResult {
  exitCode: number | null;
  stdout: string;
  /** The beginning of `stdout` is missing. */
  truncated: boolean;
  stderr: string;
  timedOut: boolean;
  cancelled: boolean;
}

/** Throws only when the program can't be started. */
export async function runProcess(file: string, args: readonly string[], options: RunOptions): Promise<ProcessResult> {
  const { env, input, signal, onStart } = options;
  const { timeoutMs, graceMs, maxOutput = MAX_OUTPUT } = options.limits;
  if (signal.aborted) return { ...NOTHING, cancelled: true };
  // `maxBuffer` would end a program that says much; we keep the end of what it says ourselves.
  const child = execa(file, args, {
    env,
    extendEnv: false,
    // It hands on any descriptor, though its types know 0 alone.
    stdin: (input as 0 | undefined) ?? 'ignore',
    buffer: false,
    reject: false,
    killDescendants: true,
    timeout: timeoutMs,
    cancelSignal: signal,
    forceKillAfterDelay: graceMs,
  });
  const [stdout, stderr] = [keepEnd(child.stdout, maxOutput), keepEnd(child.stderr, maxOutput)];
  if (child.pid !== undefined) onStart?.(child.pid);
  const { exitCode = null, timedOut, isCanceled: cancelled, cause } = await child;
  if (child.pid === undefined) throw cause;
  return { exitCode, stdout: stdout.text, truncated: stdout.truncated, stderr: stderr.text, timedOut, cancelled };
}

const NOTHING = { exitCode: null, stdout: '', truncated: false, stderr: '', timedOut: false, cancelled: false };

/** Signals a process group; one that is gone is fine. */
export function killGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // It has ended already.
  }
}

/** Keeps the end of a stream, because errors come last. */
function keepEnd(stream: Subprocess['stdout'], maxOutput: number): { text: string; truncated: boolean } {
  const kept = { text: '', truncated: false };
  stream?.setEncoding('utf8');
  stream?.on('data', (chunk: string) => {
    const text = kept.text + chunk;
    kept.truncated ||= text.length > maxOutput;
    kept.text = text.slice(-maxOutput);
  });
  return kept;
}

/** Runs one program to its end: no shell, a process group of its own, bounded output, a firm stop. */
import { spawn } from 'node:child_process';

/** Characters kept of each stream, unless `maxOutput` says otherwise. */
const MAX_OUTPUT = 64 * 1024;

export interface RunOptions {
  env: Record<string, string>;
  /** Written to standard input, which is then closed. */
  input?: string;
  /** Stops it: SIGTERM, and after the grace period SIGKILL. */
  signal: AbortSignal;
  timeoutMs: number;
  graceMs: number;
  /** Characters kept of each stream: its end. */
  maxOutput?: number;
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

export async function runProcess(file: string, args: readonly string[], options: RunOptions): Promise<ProcessResult> {
  const { env, input, signal, timeoutMs, graceMs, onStart, maxOutput = MAX_OUTPUT } = options;
  if (signal.aborted)
    return { exitCode: null, stdout: '', truncated: false, stderr: '', timedOut: false, cancelled: true };
  const child = spawn(file, [...args], { env, detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
  const stdout = collect(child.stdout, maxOutput);
  const stderr = collect(child.stderr, maxOutput);
  let timedOut = false;
  let cancelled = false;
  let kill: NodeJS.Timeout | undefined;

  const stop = (): void => {
    if (kill || child.pid === undefined) return;
    const { pid } = child;
    killGroup(pid, 'SIGTERM');
    kill = setTimeout(() => killGroup(pid, 'SIGKILL'), graceMs);
  };
  const onAbort = (): void => {
    cancelled = true;
    stop();
  };
  const deadline = setTimeout(() => {
    timedOut = true;
    stop();
  }, timeoutMs);
  signal.addEventListener('abort', onAbort, { once: true });

  // A program that ends without reading its input closes the pipe; that is no failure of ours.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input ?? '');
  if (child.pid !== undefined) onStart?.(child.pid);

  try {
    const exitCode = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    return { exitCode, stdout: stdout.text, truncated: stdout.truncated, stderr: stderr.text, timedOut, cancelled };
  } finally {
    clearTimeout(deadline);
    clearTimeout(kill);
    signal.removeEventListener('abort', onAbort);
  }
}

/** Signals a process group; one that is gone is fine. */
export function killGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // It has ended already.
  }
}

/** Gathers the end of a stream: errors come last. */
function collect(stream: NodeJS.ReadableStream, maxOutput: number): { text: string; truncated: boolean } {
  const collected = { text: '', truncated: false };
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const text = collected.text + chunk;
    collected.truncated ||= text.length > maxOutput;
    collected.text = text.slice(-maxOutput);
  });
  return collected;
}

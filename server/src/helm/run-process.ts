/** Runs one program to its end: no shell, a process group of its own, bounded output, a firm stop. */
import { spawn } from 'node:child_process';

/** Kept of each stream; helm's success output is the manifest, which nobody reads. */
const MAX_OUTPUT = 64 * 1024;

export interface RunOptions {
  env: Record<string, string>;
  /** Written to standard input, which is then closed. */
  input?: string;
  /** Stops it: SIGTERM, and after the grace period SIGKILL. */
  signal: AbortSignal;
  timeoutMs: number;
  graceMs: number;
  /** Called with the pid once it runs. */
  onStart?: (pid: number) => void;
}

/** How it ended. A failure has the shape of a result; only a program that can't be started throws. */
export interface ProcessResult {
  exitCode: number | null;
  stdout: string;
  stderr: string;
  timedOut: boolean;
  cancelled: boolean;
}

export async function runProcess(file: string, args: readonly string[], options: RunOptions): Promise<ProcessResult> {
  const { env, input, signal, timeoutMs, graceMs, onStart } = options;
  if (signal.aborted) return { exitCode: null, stdout: '', stderr: '', timedOut: false, cancelled: true };
  const child = spawn(file, [...args], { env, detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
  const stdout = collect(child.stdout);
  const stderr = collect(child.stderr);
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
    return { exitCode, stdout: stdout(), stderr: stderr(), timedOut, cancelled };
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
function collect(stream: NodeJS.ReadableStream): () => string {
  let text = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    text = (text + chunk).slice(-MAX_OUTPUT);
  });
  return () => text;
}

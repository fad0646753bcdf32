/**
 * Polls `/healthz` from its own thread, so that work of the test itself doesn't count as latency. A bare HTTP server in
 * another thread, polled as often, shows how much latency the shared machine adds.
 */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

const ASK_EVERY_MS = 20;

const HEALTH_MS = 100;
/** Allowed latency as a multiple of the bare server's, for when the machine is busy. */
const BESIDE = 5;

const SCRIPT = `
const { createServer } = require('node:http');
const { parentPort, workerData, Worker } = require('node:worker_threads');
const ask = async (url) => {
  const started = performance.now();
  const status = await fetch(url).then((response) => response.text().then(() => response.status), () => 0);
  return status === 200 ? performance.now() - started : Infinity;
};
if (workerData.bare) {
  const server = createServer((request, response) => response.end('ok'));
  server.listen(0, '127.0.0.1', () => parentPort.postMessage('http://127.0.0.1:' + server.address().port));
} else {
  const bare = new Worker(workerData.script, { eval: true, workerData: { bare: true } });
  bare.once('message', async (control) => {
    const times = [];
    let running = true;
    parentPort.once('message', () => (running = false));
    while (running) {
      times.push(await Promise.all([ask(workerData.url + '/healthz'), ask(control)]));
      if (times.length === 1) parentPort.postMessage('asking');
      await new Promise((resolve) => setTimeout(resolve, workerData.everyMs));
    }
    await bare.terminate();
    parentPort.postMessage(times);
  });
}
`;

/** One sentence per latency above its limit while `act` runs. An answer other than 200 counts as infinitely late. */
export async function healthDuring(url: string, act: () => Promise<void>): Promise<string[]> {
  const workerData = { url, everyMs: ASK_EVERY_MS, script: SCRIPT };
  const worker = new Worker(SCRIPT, { eval: true, workerData });
  try {
    // The first answer includes opening connections and starting threads.
    await once(worker, 'message');
    await act();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    worker.postMessage('stop');
    const [times] = (await once(worker, 'message')) as [[number, number][]];
    return judge(times.slice(1));
  } finally {
    await worker.terminate();
  }
}

function judge(times: [asked: number, bare: number][]): string[] {
  const [asked, bare] = [0, 1].map((which) => times.map((pair) => pair[which] ?? Infinity).toSorted((a, b) => a - b));
  const wrong = (['median', 'longest'] as const).flatMap((what) => {
    const [ours, control] = [pick(asked, what), pick(bare, what)];
    process.stderr.write(
      `/healthz: ${times.length} answers, ${what} ${ours.toFixed(0)} ms, bare ${control.toFixed(0)} ms.\n`,
    );
    // A single answer may be late because of the machine.
    const allowed = Math.max(what === 'median' ? HEALTH_MS : 5 * HEALTH_MS, BESIDE * control);
    return ours < allowed
      ? []
      : [`${what} of /healthz: ${ours.toFixed(0)} ms, of a bare server ${control.toFixed(0)} ms`];
  });
  return times.length === 0 ? ['/healthz was not asked'] : wrong;
}

function pick(sorted: number[] | undefined, what: 'median' | 'longest'): number {
  return sorted?.at(what === 'median' ? Math.floor(sorted.length / 2) : -1) ?? Infinity;
}

/** Asks `/healthz` from a thread of its own, so that what the test itself is busy with does not count as waiting. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

const ASK_EVERY_MS = 20;

const SCRIPT = `
const { parentPort, workerData } = require('node:worker_threads');
const times = [];
let running = true;
parentPort.once('message', () => (running = false));
(async () => {
  while (running) {
    const started = performance.now();
    const response = await fetch(workerData.url + '/healthz');
    await response.text();
    times.push(response.status === 200 ? performance.now() - started : Infinity);
    if (times.length === 1) parentPort.postMessage('asking');
    await new Promise((resolve) => setTimeout(resolve, workerData.everyMs));
  }
  parentPort.postMessage(times);
})();
`;

/** Milliseconds of each answer while `act` runs, sorted; an answer that is not 200 counts as endless. */
export async function healthDuring(url: string, act: () => Promise<void>): Promise<number[]> {
  const worker = new Worker(SCRIPT, { eval: true, workerData: { url, everyMs: ASK_EVERY_MS } });
  try {
    // The first answer pays for the connection and the thread's start.
    await once(worker, 'message');
    await act();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    worker.postMessage('stop');
    const [times] = (await once(worker, 'message')) as [number[]];
    return times.slice(1).toSorted((a, b) => a - b);
  } finally {
    await worker.terminate();
  }
}

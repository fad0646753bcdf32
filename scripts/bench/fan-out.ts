/** From a pod's change in the cluster to every subscriber, compared with a raw broadcast of the same bytes. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { clusterUrl, SERVER } from '@shopyard/testkit';
import { WebSocket } from 'ws';
import { setPodReady } from './lib/pod.ts';
import type { Benchmark, Finding } from './lib/report.ts';
import { type BenchServer, startServer } from './lib/server.ts';
import { createStores, untilReady } from './lib/stores.ts';
import { quantile, wallClock } from './lib/stats.ts';
import { usageOf } from './lib/usage.ts';

const numbers = (name: string, otherwise: string): number[] => (process.env[name] ?? otherwise).split(',').map(Number);
const SUBSCRIBERS = numbers('BENCH_SUBSCRIBERS', '1000');
const RATES = numbers('BENCH_RATES', '10');
/** More would measure the subscribers, which share the machine. */
const MOST_MESSAGES = 12_000;
const SECONDS = 10;
const STORES = 20;
const DEAF = 100;
const CROWD = fileURLToPath(new URL('./lib/crowd.ts', import.meta.url));
const RAW = fileURLToPath(new URL('./lib/raw-broadcast.ts', import.meta.url));
const SUBSCRIBE = JSON.stringify({
  id: 1,
  jsonrpc: '2.0',
  method: 'subscription',
  params: { path: 'stores.watch', input: {} },
});

export const fanOut: Benchmark = {
  name: 'fan-out',
  about: `time from a change of a pod of one of ${STORES} stores in the embedded cluster to the callback of one of many subscribers; compared with a raw WebSocket broadcast of the same bytes (BENCH_SUBSCRIBERS=1,100,1000, BENCH_RATES=1,10,100)`,
  async run() {
    await using server = await startServer(SERVER);
    await readyStores(server);
    await using raw = await startServer(RAW);
    const message = await oneMessage(server);
    const findings: Finding[] = [];
    for (const subscribers of SUBSCRIBERS) {
      for (const rate of RATES) {
        if (subscribers * rate > MOST_MESSAGES) continue;
        findings.push(...(await compare({ server, raw, message, subscribers, rate })));
      }
    }
    return [...findings, await costOfDeaf()];
  },
};

/** Memory per subscriber that never reads, beyond that of the same changes without such subscribers. */
async function costOfDeaf(): Promise<Finding> {
  await using server = await startServer(SERVER);
  await readyStores(server);
  const change = changeOf(server);
  const changes = async (): Promise<number> => {
    const started = performance.now();
    for (let index = 0; index < 100 * SECONDS; index++) {
      await sleep(Math.max(0, started + index * 10 - performance.now()));
      await change(index).done;
    }
    return usageOf(server.pid).rssMiB;
  };
  const before = await changes();
  const crowd = await gather(`${server.url.replace('http', 'ws')}/trpc`, DEAF, { hello: SUBSCRIBE, deaf: true });
  const value = Math.max(0, (await changes()) - before) / DEAF;
  await crowd.end();
  return { what: `each of ${DEAF} that never read, 100/s`, value, unit: 'MiB', goal: { most: 1 } };
}

interface Round {
  server: BenchServer;
  raw: BenchServer;
  message: string;
  subscribers: number;
  rate: number;
}

async function compare({ server, raw, message, subscribers, rate }: Round): Promise<Finding[]> {
  const ours = await measure({ server, subscribers, rate, hello: SUBSCRIBE, change: changeOf(server) });
  const bare = await measure({ server: raw, subscribers, rate, change: broadcastOf(raw, message) });
  const name = `${subscribers} × ${rate}/s`;
  const aimed = subscribers === 1000 && rate === 10;
  const perMessage = ({ cpuS, messages }: { cpuS: number; messages: number }): number => (cpuS / messages) * 1e6;
  return [
    { what: `${name}: p50`, value: quantile(ours.took, 0.5), unit: 'ms', ...(aimed ? { goal: { most: 5 } } : {}) },
    { what: `${name}: p99`, value: quantile(ours.took, 0.99), unit: 'ms', ...(aimed ? { goal: { most: 20 } } : {}) },
    { what: `${name}: raw p50`, value: quantile(bare.took, 0.5), unit: 'ms' },
    { what: `${name}: raw p99`, value: quantile(bare.took, 0.99), unit: 'ms' },
    { what: `${name}: processor a message`, value: perMessage(ours), unit: 'µs' },
    { what: `${name}: raw processor a message`, value: perMessage(bare), unit: 'µs' },
    {
      what: `${name}: processor / raw`,
      value: perMessage(ours) / perMessage(bare),
      unit: '×',
      ...(aimed ? { goal: { most: 2 } } : {}),
    },
    { what: `${name}: memory`, value: ours.rssMiB, unit: 'MiB' },
    { what: `${name}: messages missing`, value: ours.missing, unit: '', goal: { most: 0 } },
  ];
}

interface Load {
  server: BenchServer;
  subscribers: number;
  rate: number;
  /** First message of each subscriber. */
  hello?: string;
  /** Makes change number `index`; `text` occurs in the message that reports it. */
  change: (index: number) => { text: string; done: Promise<unknown> };
}

async function measure({ server, subscribers, rate, hello, change }: Load): Promise<{
  took: number[];
  cpuS: number;
  rssMiB: number;
  /** Received by all subscribers together. */
  messages: number;
  missing: number;
}> {
  const url = `${server.url.replace('http', 'ws')}/trpc`;
  const crowd = await gather(url, subscribers - 1, { hello });
  const socket = new WebSocket(url);
  await once(socket, 'open');
  const waiting = new Map<string, number>();
  const took: number[] = [];
  let own = 0;
  socket.on('message', (data: Buffer) => {
    const now = wallClock();
    const text = data.toString('utf8');
    if (text.includes('"changes"')) own += 1;
    for (const [expected, since] of waiting) {
      if (!text.includes(expected)) continue;
      took.push(now - since);
      waiting.delete(expected);
    }
  });
  if (hello) socket.send(hello);
  // Snapshots and the cost of opening connections are not measured.
  await sleep(2000);
  const before = usageOf(server.pid);
  const count = rate * SECONDS;
  const started = performance.now();
  for (let index = 0; index < count; index++) {
    await sleep(Math.max(0, started + (index / rate) * 1000 - performance.now()));
    const { text, done } = change(index);
    waiting.set(text, wallClock());
    await done;
  }
  await sleep(500);
  const after = usageOf(server.pid);
  socket.terminate();
  const messages = own + (await crowd.end());
  return { took, cpuS: after.cpuS - before.cpuS, rssMiB: after.rssMiB, messages, missing: waiting.size };
}

async function gather(
  url: string,
  count: number,
  { hello = '', deaf = false }: { hello?: string | undefined; deaf?: boolean },
): Promise<{ end(): Promise<number> }> {
  const child = spawn(process.execPath, [CROWD, url, String(count), hello, deaf ? 'deaf' : ''], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  const lines = createInterface({ input: child.stdout });
  // `line` passes one line.
  await once(lines, 'line');
  return {
    async end() {
      // `line` passes one line.
      const counted = once(lines, 'line') as Promise<[string]>;
      child.stdin.end();
      const [messages] = await counted;
      await ended;
      return Number(messages);
    },
  };
}

/** Turns each store's pod unready and ready in turn; `text` identifies the store and its new state. */
function changeOf(server: BenchServer): Load['change'] {
  return (index) => {
    const store = index % STORES;
    const ready = Math.floor(index / STORES) % 2 === 1;
    const text = `"url":"http://bench-${store}.localhost:${new URL(server.url).port}","pods":{"ready":${ready ? 2 : 1}`;
    return { text, done: setPodReady(clusterUrl(server.dataDir), `store-bench-${store}`, ready) };
  };
}

function broadcastOf(raw: BenchServer, message: string): Load['change'] {
  return (index) => {
    const text = `"mark":${index}}`;
    // Has the length of ours, and is unique.
    const body = message.slice(0, -text.length) + text;
    return { text, done: fetch(raw.url, { method: 'POST', body }) };
  };
}

async function readyStores(server: BenchServer): Promise<void> {
  await createStores(server, STORES);
  await untilReady(server, STORES);
}

/** The message by which one change reaches a subscriber. */
async function oneMessage(server: BenchServer): Promise<string> {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/trpc`);
  await once(socket, 'open');
  socket.send(SUBSCRIBE);
  await sleep(500);
  const received = once(socket, 'message');
  await setPodReady(clusterUrl(server.dataDir), 'store-bench-0', false);
  // `message` passes the data.
  const [data] = (await received) as [Buffer];
  await setPodReady(clusterUrl(server.dataDir), 'store-bench-0', true);
  await sleep(500);
  socket.terminate();
  return data.toString('utf8');
}

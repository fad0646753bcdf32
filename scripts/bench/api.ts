/** Reads over REST and tRPC, compared with a bare handler that returns the same rows. */
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import type { Benchmark, Finding } from './lib/report.ts';
import { startServer, SYNTHETIC } from './lib/server.ts';

const SECONDS = 5;
const CONNECTIONS = 20;
const BARE = fileURLToPath(new URL('./lib/bare-handler.ts', import.meta.url));

const TRPC_LIST = `/trpc/stores.list?input=${encodeURIComponent('{"limit":20}')}`;
const TRPC_GET = `/trpc/stores.get?input=${encodeURIComponent('{"id":"st_500"}')}`;

export const api: Benchmark = {
  name: 'api',
  about: `lists of 20 of 1000 stores, single stores, and creates, over ${CONNECTIONS} connections for ${SECONDS} s each; compared with express and better-sqlite3 returning the same`,
  async run() {
    await using ours = await startServer(SYNTHETIC, { SYNTHETIC_STORES: '1000' });
    await using bare = await startServer(BARE);
    const list = await ask(`${bare.url}/stores?limit=20`);
    const one = await ask(`${bare.url}/stores/st_500`);
    const created = await create(bare.url);
    return [
      ...findings('list, express', list),
      ...findings('list, REST', await ask(`${ours.url}/stores?limit=20`), list),
      ...findings('list, tRPC', await ask(ours.url + TRPC_LIST), list),
      ...findings('get, express', one),
      ...findings('get, REST', await ask(`${ours.url}/stores/st_500`), one),
      ...findings('get, tRPC', await ask(ours.url + TRPC_GET), one),
      ...findings('create, express', created),
      ...findings('create, REST', await create(ours.url), created),
    ];
  },
};

interface Answers {
  perSecond: number;
  p99Ms: number;
}

async function ask(url: string): Promise<Answers> {
  const first = await fetch(url);
  if (!first.ok) throw new Error(`${url} answers ${first.status}: ${await first.text()}`);
  await autocannon({ url, connections: CONNECTIONS, duration: 1 });
  const { requests, latency, errors, non2xx } = await autocannon({ url, connections: CONNECTIONS, duration: SECONDS });
  if (errors + non2xx > 0) throw new Error(`${url}: ${errors} errors, ${non2xx} bad answers`);
  return { perSecond: requests.average, p99Ms: latency.p99 };
}

/** Creates stores, each with its own name. */
async function create(url: string): Promise<Answers> {
  let n = 0;
  const requests: autocannon.Request[] = [
    {
      method: 'POST',
      path: '/stores',
      headers: { 'Content-Type': 'application/json' },
      setupRequest: (request) => ({ ...request, body: JSON.stringify({ name: `created-${n++}` }) }),
    },
  ];
  const {
    requests: sent,
    latency,
    errors,
    non2xx,
  } = await autocannon({
    url,
    connections: CONNECTIONS,
    duration: SECONDS,
    requests,
  });
  if (errors + non2xx > 0) throw new Error(`${url}: ${errors} errors, ${non2xx} bad answers to creates`);
  return { perSecond: sent.average, p99Ms: latency.p99 };
}

/** `what`: the request and the server. Compared with `bare` if it is given. */
function findings(what: string, answers: Answers, bare?: Answers): Finding[] {
  return [
    { what, value: answers.perSecond, unit: '/s' },
    { what: `${what}, p99`, value: answers.p99Ms, unit: 'ms' },
    ...(bare
      ? [
          {
            what: `${what} / express`,
            value: answers.perSecond / bare.perSecond,
            unit: '×',
            goal: { least: 0.8 },
          },
        ]
      : []),
  ];
}

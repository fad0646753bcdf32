/** Plans of a Ready store: what a person waits for between Review and the plan. */
import { SERVER, temporaryDir } from '@shopyard/testkit';
import { type Api, connect, waitForStore } from '@shopyard/sdk';
import type { Benchmark, Finding } from './lib/report.ts';
import { startServer } from './lib/server.ts';
import { quantile } from './lib/stats.ts';
import { usageOf } from './lib/usage.ts';

const PLANS = 50;
const KUBECONFIG = process.env['BENCH_KUBECONFIG'];
/** In turn: one that restarts everything, one that restarts nothing, one that the cluster refuses. */
const CHANGES = [
  { size: 'medium' },
  { cron: { schedule: '0 3 * * *' } },
  { wordpress: { resources: { limits: { memory: '9Gi' } } } },
];

export const plan: Benchmark = {
  name: 'plan',
  about: `${PLANS} plans of a Ready store, one after the other, on ${KUBECONFIG ? 'the cluster of BENCH_KUBECONFIG' : 'the embedded cluster'}`,
  async run() {
    using dir = temporaryDir();
    const cluster: Record<string, string> = KUBECONFIG ? { SHOPYARD_CLUSTER: 'kubeconfig', KUBECONFIG } : {};
    await using server = await startServer(SERVER, cluster, dir.path);
    await using api = connect(server.url);
    const id = await createReady(api);
    const before = usageOf(server.pid);
    const times: number[] = [];
    for (let count = 0; count < PLANS; count++) {
      const started = performance.now();
      await api.trpc.stores.plan.query({ id, values: CHANGES[count % CHANGES.length] ?? {} });
      times.push(performance.now() - started);
    }
    const after = usageOf(server.pid);
    await api.trpc.stores.remove.mutate({ id });
    await waitForStore(api, id, () => false);
    const findings: Finding[] = [
      { what: 'a plan, median', value: quantile(times, 0.5), unit: 'ms' },
      {
        what: 'a plan, 95 % within',
        value: quantile(times, 0.95),
        unit: 'ms',
        goal: { most: KUBECONFIG ? 2000 : 1000 },
      },
      { what: "a plan, server's processor time", value: ((after.cpuS - before.cpuS) / PLANS) * 1000, unit: 'ms' },
      { what: "a plan, helm's processor time", value: ((after.endedS - before.endedS) / PLANS) * 1000, unit: 'ms' },
    ];
    return findings;
  },
};

async function createReady(api: Api): Promise<string> {
  const { id } = await api.trpc.stores.create.mutate({ name: `plan-${Date.now().toString(36)}` });
  const store = await waitForStore(api, id, ({ phase }) => phase === 'Ready' || phase === 'Failed');
  if (store?.phase !== 'Ready') throw new Error(store?.message ?? 'the store is gone');
  return id;
}

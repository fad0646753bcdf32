/**
 * The server's HTTP side, live stores, hub and database, with synthetic stores: for thousands of them and many changes
 * a second. Set SYNTHETIC_STORES and SYNTHETIC_CHANGES (per second), SYNTHETIC_CLIENT for another build of the dashboard;
 * synthetic-logs.ts and synthetic-mail.ts have more.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Attention, Phase, Platform, Store } from '@shopyard/contracts';
import type { Services, StoreService } from '@shopyard/contracts/services';
import { engines } from '@shopyard/engines';
import { Registry } from 'prom-client';
import { pino } from 'pino';
import { createStoreCalls } from '../../src/app/stores/store-calls.ts';
import { toStore } from '../../src/domain/present-store.ts';
import { EMPTY_VIEW } from '../../src/domain/testing.ts';
import { readEngineCharts } from '../../src/chart/engine-charts.ts';
import { openDatabase } from '../../src/storage/sqlite/database.ts';
import { createSqliteStorage } from '../../src/storage/sqlite/sqlite-storage.ts';
import { readConfig } from '../../src/config/config.ts';
import { Hub } from '../../src/live/hub.ts';
import { LiveStores } from '../../src/live/live-stores.ts';
import { openToAll } from '../../src/api/testing.ts';
import { listen } from '../../src/api/listener.ts';
import { pageOf } from '../../src/app/paginate.ts';
import { toEngineViews } from '../../src/app/platform/engine-views.ts';
import { watchStore, watchStores } from '../../src/app/stores/watch-stores.ts';

import { logs, partsOf } from './synthetic-logs.ts';
import { hasMail, watchMails } from './synthetic-mail.ts';

const COUNT = Number(process.env['SYNTHETIC_STORES'] ?? 2000);
const RATE = Number(process.env['SYNTHETIC_CHANGES'] ?? 0);
const PHASES: Phase[] = ['Ready', 'Ready', 'Ready', 'Provisioning', 'Degraded', 'Failed'];
const LEVELS: Partial<Record<Phase, Attention['level']>> = { Ready: 'ok', Degraded: 'stuck', Failed: 'broken' };
const CREATED = '2026-01-01T00:00:00.000Z';
const TICK_MS = 50;

const config = readConfig();
const hub = new Hub();
const platform: Platform = {
  version: '0',
  storeUrl: 'http://{name}.localhost',
  engines: hasMail
    ? toEngineViews({ engines, charts: readEngineCharts(engines), isEmbedded: true, isReal: () => true })
    : [],
  cluster: { kind: 'embedded', synced: true },
};
const liveStores = new LiveStores(hub, platform);

function storeOf(index: number, turn: number): Store {
  const name = `store-${String(index).padStart(4, '0')}`;
  // By thirds: the stores that change would all have the same two phases after a while.
  const phase = PHASES[(index + Math.floor(turn / 3)) % PHASES.length] ?? 'Ready';
  return {
    id: `st_${index}`,
    name,
    namespace: `store-${name}`,
    engine: 'woocommerce',
    phase,
    conditions: [],
    attention: { level: LEVELS[phase] ?? 'working', since: CREATED },
    attempt: { kind: 'create', startedAt: CREATED, steps: [] },
    url: `http://${name}.localhost`,
    pods: { ready: phase === 'Ready' ? 2 : turn % 3, total: 2 },
    generation: 1,
    observedGeneration: 1,
    createdAt: new Date(Date.UTC(2026, 0, 1) + index * 60_000).toISOString(),
    createdBy: 'local',
    ...(phase === 'Ready'
      ? {}
      : { reason: 'CrashLoop', message: `wordpress crashed (exit code ${turn % 200}). It left no output.` }),
  };
}
for (let index = 0; index < COUNT; index++) liveStores.set(storeOf(index, 0));

const urlOf = ({ name }: { name: string }): string => `http://${name}.localhost`;
/** Creates records in a real database, but no reconciler acts on them. */
mkdirSync(config.dataDir, { recursive: true });
const db = await openDatabase(join(config.dataDir, 'shopyard.db'));
const creating = createStoreCalls({
  storage: createSqliteStorage(db, urlOf),
  liveStores,
  engines,
  charts: readEngineCharts(engines),
  whyUnavailable: () => undefined,
  partsOf,
  present: (record) => toStore(record, EMPTY_VIEW, engines.get(record.engine)),
  urlOf,
  window: undefined,
  reconciler: { add: () => undefined, interrupt: () => undefined },
  recovered: () => Promise.resolve(),
  now: () => new Date(),
});
const stores: Partial<StoreService> = {
  create: (input, caller) => creating.create(input, caller),
  list: (page) => Promise.resolve(pageOf(liveStores.list(), page)),
  get: (id) => Promise.resolve(liveStores.get(id) ?? storeOf(0, 0)),
  watch: (options) => watchStores({ hub, liveStores }, options),
  watchOne: (id, options) =>
    watchStore({ hub, liveStores, id, partsOf, historyOf: () => Promise.resolve([]), now: () => new Date() }, options),
  logs,
  watchMails,
};
const open = await openToAll();
const services = {
  stores,
  access: open.people.service,
  platform: { get: () => platform, chart: () => ({ sizes: [] }), assertChangeable: () => Promise.resolve() },
} as unknown as Services;
const listener = await listen({
  listening: config,
  calls: { services, ...open },
  health: { unready: () => Promise.resolve([]), metrics: new Registry() },
  clientDir: process.env['SYNTHETIC_CLIENT'] ?? config.clientDir,
  access: { find: () => undefined, agentFor: () => undefined },
  log: pino({ level: 'error' }),
});

let turn = 0;
let due = 0;
if (RATE > 0)
  setInterval(() => {
    for (due += (RATE * TICK_MS) / 1000; due >= 1; due--) {
      turn += 1;
      liveStores.set(storeOf((turn * 7919) % COUNT, turn));
    }
  }, TICK_MS);
process.on('SIGTERM', () => process.exit(0));
process.stdout.write(`Shopyard is ready at http://localhost:${listener.port}\n`);

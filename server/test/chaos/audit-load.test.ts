/**
 * Many changes of stores and teams on a server that is killed among them again and again: each change has its entry in the
 * audit trail, and each entry its change. ACTIONS sets the count, SEED repeats the choice of changes.
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startServerProcess, temporaryDir } from '@shopyard/testkit';
import SQLite from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { readAuditTrail, tornParts } from '../support/audit-trail.ts';

const ACTIONS = Number(process.env['ACTIONS'] ?? 1000);
const SEED = Number(process.env['SEED'] ?? Date.now() % 2_000_000_000);
const KILLS = 5;
/** Calls on their way at any time. */
const AT_ONCE = 8;
const STORES = ['mugs', 'tea', 'lamps'];
const VERIFY = fileURLToPath(new URL('../../src/verify-audit.ts', import.meta.url));
const WINDOW = { tz: 'Etc/UTC', days: ['mon'], from: '02:00', to: '03:00' };

test('every change has its entry and every entry its change, whenever the server is killed', async () => {
  process.stderr.write(`Audited actions: ${ACTIONS}, with ${KILLS} kills, SEED=${SEED}.\n`);
  using dir = temporaryDir();
  let server = await startServerProcess({ dataDir: dir.path });
  onTestFinished(async () => void (await server.stop()));
  const send = (method: string, path: string, body: object): Promise<Response> =>
    fetch(server.url + path, { method, body: JSON.stringify(body) });
  const ids = await Promise.all(
    STORES.map(async (name) => ((await (await send('POST', '/stores', { name })).json()) as { id: string }).id),
  );
  const random = createRandom(SEED);
  const pick = (from: readonly string[]): string => from[Math.floor(random() * from.length)] ?? '';
  const teams: string[] = [];
  let [number, answered, unanswered] = [0, 0, 0];

  /** One change; rejects if the server is killed meanwhile. */
  async function change(): Promise<void> {
    const kind = random();
    const limits = { stores: (number += 1) };
    const id = kind < 0.7 || teams.length === 0 ? `team-${number}` : undefined;
    const response =
      kind < 0.4
        ? await send('POST', `/stores/${pick(ids)}/window`, { window: kind < 0.2 ? WINDOW : null })
        : id === undefined
          ? await send('PATCH', `/teams/${pick(teams)}`, { limits })
          : await send('POST', '/teams', { id, limits });
    expect(response.status).toBeLessThan(300);
    await response.arrayBuffer();
    if (kind >= 0.4 && id !== undefined) teams.push(id);
  }

  /** Resolves once so many changes were answered; the server is killed then, with others on their way. */
  async function changeUntil(count: number): Promise<void> {
    let killed: Promise<void> | undefined;
    const worker = async (): Promise<void> => {
      while (!killed) {
        const failed = await change().then(
          () => false,
          (error: unknown) => {
            if (!killed) throw error;
            return true;
          },
        );
        if (failed) unanswered += 1;
        else answered += 1;
        if (answered >= count) killed ??= server.kill();
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    await killed;
  }

  for (let kill = 1; kill <= KILLS; kill += 1) {
    await changeUntil(Math.ceil((ACTIONS * kill) / KILLS));
    server = await startServerProcess({ dataDir: dir.path });
  }
  await server.stop();
  process.stderr.write(`Answered: ${answered}; cut off by a kill: ${unanswered}.\n`);
  expect(unanswered).toBeGreaterThan(0);

  expect(tornParts(readAuditTrail(dir.path))).toEqual([]);
  const db = new SQLite(join(dir.path, 'shopyard.db'));
  onTestFinished(() => void db.close());
  const all = <Row>(sql: string): Row[] => db.prepare(sql).all() as Row[];
  const kept = all<{ id: string; limits: string }>(`SELECT id, limits FROM teams WHERE id <> 'default' ORDER BY id`);
  const told = all<{ object: string; detail: string; made: number }>(`SELECT object, detail,
    (SELECT COUNT(*) FROM audit AS made WHERE made.object = audit.object AND made.action = 'access.createTeam') AS made
    FROM audit WHERE seq IN (SELECT MAX(seq) FROM audit WHERE action LIKE 'access.%Team' GROUP BY object) ORDER BY object`);
  expect(told).toEqual(
    kept.map(({ id, limits }) => {
      const { stores } = JSON.parse(limits) as { stores: number };
      return { object: id, detail: `stores at most ${stores}`, made: 1 };
    }),
  );
  expect(kept.map(({ id }) => id)).toEqual(expect.arrayContaining(teams));
  const [{ entries } = { entries: 0 }] = all<{ entries: number }>('SELECT COUNT(*) AS entries FROM audit');
  const least = STORES.length + answered;
  expect(entries).toBeGreaterThanOrEqual(least);
  expect(entries).toBeLessThanOrEqual(least + unanswered);

  const verify = async (): Promise<string> =>
    (await promisify(execFile)(process.execPath, [VERIFY], { env: { ...process.env, SHOPYARD_DATA_DIR: dir.path } }))
      .stdout;
  expect(await verify()).toContain(`The audit trail is whole. It has ${entries} entries`);
  const edited = 1 + Math.floor(random() * entries);
  db.exec(`DROP TRIGGER audit_unchanged; UPDATE audit SET actor = 'somebody else' WHERE seq = ${edited}`);
  await expect(verify()).rejects.toThrow(`not as it was written: entry ${edited} was changed`);
}, 600_000);

/** Numbers from 0 to 1 by a linear congruence. */
function createRandom(seed: number): () => number {
  let state = seed % 2_147_483_647 || 1;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

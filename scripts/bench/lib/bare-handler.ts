/** A naive server as a baseline: express, better-sqlite3 and unprocessed rows. Prints its address. */
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import SQLite from 'better-sqlite3';
import express from 'express';

const COUNT = 1000;

// As durable as ours: a file with a write-ahead log.
const db = new SQLite(join(process.env['SHOPYARD_DATA_DIR'] ?? '.', 'bare.db'));
db.pragma('journal_mode = WAL');
db.pragma('synchronous = NORMAL');
db.exec(`CREATE TABLE stores (id TEXT PRIMARY KEY, name TEXT UNIQUE, namespace TEXT, engine TEXT, phase TEXT, conditions TEXT,
  url TEXT, ready INTEGER, total INTEGER, generation INTEGER, observed INTEGER, created_at TEXT, created_by TEXT)`);
const insert = db.prepare(
  "INSERT INTO stores VALUES (?, ?, ?, 'woocommerce', 'Ready', '[]', ?, 2, 2, 1, 1, ?, 'local')",
);
for (let index = 0; index < COUNT; index++) {
  const name = `store-${String(index).padStart(4, '0')}`;
  const createdAt = new Date(Date.UTC(2026, 0, 1) + index * 60_000).toISOString();
  insert.run(`st_${index}`, name, `store-${name}`, `http://${name}.localhost`, createdAt);
}
const page = db.prepare<[number]>('SELECT * FROM stores ORDER BY created_at LIMIT ?');
const one = db.prepare<[string]>('SELECT * FROM stores WHERE id = ?');
const toStore = (row: unknown): object => {
  // A row of the table above.
  const { ready, total, conditions, observed, created_at, created_by, ...rest } = row as Record<string, string>;
  return {
    ...rest,
    // Sent unchanged.
    conditions: JSON.parse(conditions ?? '[]') as unknown,
    pods: { ready, total },
    observedGeneration: observed,
    createdAt: created_at,
    createdBy: created_by,
  };
};

const app = express();
let created = COUNT;
app.post('/stores', express.json(), (req, res) => {
  // A naive handler does not check it.
  const { name } = req.body as { name: string };
  const id = `st_${created++}`;
  insert.run(id, name, `store-${name}`, `http://${name}.localhost`, new Date().toISOString());
  res.status(201).json(toStore(one.get(id)));
});
app.get('/stores', (req, res) => void res.json({ stores: page.all(Number(req.query['limit'])).map(toStore) }));
app.get('/stores/:id', (req, res) => void res.json(toStore(one.get(req.params.id))));
const server = app.listen(0, '127.0.0.1', () => {
  // It listens on a port.
  process.stdout.write(`Shopyard is ready at http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});
process.on('SIGTERM', () => process.exit(0));

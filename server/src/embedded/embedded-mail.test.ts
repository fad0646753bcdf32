import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, linkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { readMails, watchMails } from './embedded-mail.ts';

const CLAIM = 'claim';
const MIB = 2 ** 20;
const mail = (subject: string, message = 'Hello'): string =>
  JSON.stringify({ at: '2026-11-25T10:00:00Z', to: ['a@example.com'], subject, message });

let dataDir: string;
let folder: string;
let clock: number;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'shopyard-mail-'));
  folder = join(dataDir, 'volumes', `pvc-${CLAIM}`, 'mail');
  mkdirSync(folder, { recursive: true });
  clock = 1_764_000_000;
  onTestFinished(() => rmSync(dataDir, { recursive: true }));
});

/** An unused path, named as the store's PHP names its mails and later than all previous ones. */
const next = (): string => join(folder, `${(clock += 1)}.000000.json`);
const keep = (text: string | Buffer): void => writeFileSync(next(), text);
const subjects = async (): Promise<string[]> => (await readMails(dataDir, [CLAIM])).map(({ subject }) => subject);

test('lists mails newest first', async () => {
  keep(mail('first'));
  keep(mail('second'));
  expect(await subjects()).toEqual(['second', 'first']);
});

test('lists nothing for a store without a mail folder', async () => {
  expect(await readMails(dataDir, ['another'])).toEqual([]);
});

describe('skips only', () => {
  const outside = (): string => {
    const file = join(dataDir, 'secret.json');
    writeFileSync(file, mail('not of this store'));
    return file;
  };
  test.each<{ what: string; make: () => void }>([
    { what: 'a link to a file', make: () => symlinkSync(outside(), next()) },
    { what: 'a hard link to a file', make: () => linkSync(outside(), next()) },
    { what: 'a link to a folder', make: () => symlinkSync(tmpdir(), next()) },
    { what: 'a link to an endless device', make: () => symlinkSync('/dev/zero', next()) },
    { what: 'a broken link', make: () => symlinkSync('/nowhere', next()) },
    { what: 'a folder', make: () => mkdirSync(next()) },
    { what: 'a FIFO without a writer', make: () => execFileSync('mkfifo', [next()]) },
    { what: 'a file of 2 MiB', make: () => keep(mail('large', 'x'.repeat(2 * MIB))) },
    { what: 'an empty file', make: () => keep('') },
    { what: 'a file without JSON', make: () => keep('root:x:0:0') },
    { what: 'bytes that are not text', make: () => keep(Buffer.from([0xff, 0xfe, 0x00])) },
    { what: 'JSON that is not an object', make: () => keep('null') },
    { what: 'a field of the wrong type', make: () => keep(mail('x').replace('"Hello"', '{"html":1}')) },
    { what: 'a missing field', make: () => keep('{"at":"now","subject":"x"}') },
    { what: 'a file with another name', make: () => writeFileSync(join(folder, 'zz.json'), mail('x')) },
  ])('$what', { timeout: 5000 }, async ({ make }) => {
    keep(mail('before'));
    make();
    keep(mail('after'));
    expect(await subjects()).toEqual(['after', 'before']);
  });
});

test('reads sender, format and attachments of stores that keep them', async () => {
  const details = { from: 'Mugs <mugs@example.com>', html: true, attachments: ['invoice.pdf'] };
  keep(mail('x').replace('}', `,${JSON.stringify(details).slice(1)}`));
  expect(await readMails(dataDir, [CLAIM])).toMatchObject([details]);
});

test('drops unknown fields', async () => {
  keep(mail('x').replace('{', '{"password":"hunter2",'));
  expect(await readMails(dataDir, [CLAIM])).toEqual([
    { at: '2026-11-25T10:00:00Z', to: ['a@example.com'], subject: 'x', message: 'Hello' },
  ]);
});

test('ignores a mail folder that is a link or a file', async () => {
  const elsewhere = join(dataDir, 'elsewhere');
  mkdirSync(elsewhere);
  writeFileSync(join(elsewhere, '1764000000.000000.json'), mail('elsewhere'));
  rmSync(folder, { recursive: true });
  symlinkSync(elsewhere, folder);
  expect(await subjects()).toEqual([]);
  rmSync(folder);
  writeFileSync(folder, '');
  expect(await subjects()).toEqual([]);
});

test('lists at most the 50 newest mails and 8 MiB', { timeout: 20_000 }, async () => {
  for (let index = 0; index < 300; index += 1) keep(mail(`small ${index}`));
  expect((await subjects()).slice(0, 2)).toEqual(['small 299', 'small 298']);
  expect(await subjects()).toHaveLength(50);
  for (let index = 0; index < 20; index += 1) keep(mail(`large ${index}`, 'x'.repeat(MIB - 1000)));
  const before = process.memoryUsage().rss;
  expect((await subjects()).length).toBeLessThanOrEqual(9);
  expect(process.memoryUsage().rss - before).toBeLessThan(128 * MIB);
});

test('notices new mail, including the first one and mail after the folder was deleted', async () => {
  rmSync(folder, { recursive: true });
  let notices = 0;
  const stop = watchMails(dataDir, [CLAIM, 'not there yet'], () => (notices += 1));
  onTestFinished(stop);
  const noticed = async (): Promise<void> => {
    const before = notices;
    keep(mail('hello'));
    await expect.poll(() => notices).toBeGreaterThan(before);
  };
  mkdirSync(folder);
  await expect.poll(() => notices).toBeGreaterThan(0);
  await noticed();
  await noticed();
  rmSync(folder, { recursive: true });
  mkdirSync(folder);
  await expect.poll(() => notices, { interval: 200 }).toBe(notices);
  await noticed();
});

/** The charts' schemas bound every string in length and characters, and helm agrees. */
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { temporaryDir } from '@shopyard/testkit';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { readChart } from '../../src/chart/read-chart.ts';
import { createValuesCheck } from '../../src/chart/check-values.ts';
import { HOSTILE_TEXTS, nodesOf, readSchema, stringLeavesOf, type Values, withText } from '../support/string-leaves.ts';
import { helmPath } from '../support/tools.ts';

const chartOf = (name: string): string => fileURLToPath(new URL(`../../../charts/${name}`, import.meta.url));
const run = promisify(execFile);
const STORES = ['woocommerce', 'medusa'] as const;
const CHARTS = [...STORES, 'platform'] as const;

/** Store values that the platform chart passes on. The server checks them against the store's schema. */
const CHECKED_ELSEWHERE = ['storeRules', 'storeValues'];
/** helm adds it for the library; no template reads it, and the server refuses it. */
const OF_LIBRARY = 'common';
const nameOf = ({ path, isKey }: { path: string[]; isKey: boolean }): string =>
  `${path.join('.')}${isKey ? ' (key)' : ''}`;

test.each(CHARTS)('the schema of the %s chart is a valid one', (chart) => {
  const ajv = new Ajv({ strict: false });
  expect(ajv.validateSchema(readSchema(chart)), ajv.errorsText()).toBe(true);
  expect(ajv.validateSchema({ ...readSchema(chart), properties: 'none' })).toBe(false);
});

test.each(CHARTS)('every string of the %s chart has a pattern, a length and a message for both', (chart) => {
  const leaves = stringLeavesOf(readSchema(chart));
  expect(leaves.length).toBeGreaterThan(15);
  const lacking = leaves.filter(
    ({ schema }) => schema.pattern === undefined || schema.maxLength === undefined || !schema.description,
  );
  expect(lacking.map(nameOf)).toEqual([]);
});

/** Whether every alternative is anchored at both ends. */
function isAnchored(pattern: string): boolean {
  let rest = pattern.replaceAll(/\\./g, '').replaceAll(/\[[^\]]*\]/g, '');
  for (let before = ''; before !== rest;) {
    before = rest;
    rest = rest.replaceAll(/\([^()]*\)/g, '');
  }
  return rest.startsWith('^') && rest.endsWith('$') && !rest.includes('|');
}

test.each(CHARTS)('every pattern of the %s chart is anchored', (chart) => {
  const leaves = stringLeavesOf(readSchema(chart)).filter(({ schema }) => !isAnchored(schema.pattern ?? ''));
  expect(leaves.map(nameOf)).toEqual([]);
  expect(['^a', 'a$', '^a|b$', '^(a|b)$', '^[|]$'].map(isAnchored)).toEqual([false, false, false, true, true]);
});

test.each(CHARTS)(
  'the values of the %s chart are closed: every map defines its keys, every list its items',
  (chart) => {
    const open = nodesOf(readSchema(chart)).filter(
      ({ schema: { type, enum: choices, additionalProperties, ...rest } }) => {
        if (choices) return false;
        const closed =
          additionalProperties === false || (typeof additionalProperties === 'object' && rest.propertyNames);
        return type === undefined || (type === 'object' && !closed) || (type === 'array' && !rest.items);
      },
    );
    expect(open.map(nameOf).toSorted()).toEqual(chart === 'platform' ? CHECKED_ELSEWHERE : [OF_LIBRARY]);
  },
);

test.each(CHARTS)('no string of the %s chart accepts a line break or control character at any position', (chart) => {
  const validators = stringLeavesOf(readSchema(chart)).map((leaf) => ({
    name: nameOf(leaf),
    takes: new Ajv({ strict: false }).compile<string>({ ...leaf.schema, type: 'string' }),
  }));
  const breaks = ['\n', '\r', '\t', '\0', '\u001b', '\u007f', '\u0085', '\u2028', '\u2029', '\ufeff'];
  const texts = breaks.flatMap((character) => ['', 'a', '1Gi', 'https://a'].flatMap((text) =>
    [text + character, character + text, `a${character}${text}`, `1${character}1`, `/${character}`]));
  const taken = validators.flatMap(({ name, takes }) => texts.filter((text) => takes(text)).map((text) => [name, text]));
  expect(taken).toEqual([]);
}); // prettier-ignore

test.each(CHARTS)('every pattern of the %s chart rejects long texts quickly', (chart) => {
  const patterns = new Set(stringLeavesOf(readSchema(chart)).map(({ schema }) => schema.pattern ?? ''));
  const texts = ['a', 'a.', 'a-', '-', 'a/', '1', 'a_', ' ', '* ', 'https://a'].map(
    (part) => `${part.repeat(65_536 / part.length)}\n`,
  );
  for (const pattern of patterns) {
    const started = process.cpuUsage();
    for (const text of texts) expect(new RegExp(pattern, 'u').test(text)).toBe(false);
    // Processor time, in microseconds: a busy machine makes no pattern slow.
    expect(process.cpuUsage(started).user, pattern).toBeLessThan(500_000);
  }
});

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Leaves that helm refuses, by JSON pointer. */
async function refusedByHelm(chart: string, dir: string, values: Values): Promise<Set<string>> {
  const file = join(dir, 'values.json');
  // Escaped, because helm's parser takes some of the characters for line breaks.
  writeFileSync(file, JSON.stringify(values).replaceAll(/[\u007f-\ud7ff\ue000-\uffff]/g, escaped));
  const env = { PATH: process.env['PATH'] ?? '', HOME: dir };
  const failed = await run(helmPath, ['template', 'alpha', chart, '--values', file], { env }).then(
    () => undefined,
    (error: { stderr: string }) => error.stderr,
  );
  return new Set(
    [...(failed ?? '').matchAll(/^ *- at '([^']*)': (?!validation failed)/gm)].map(([, path = '']) => path),
  );
}

test.each(STORES)('server and helm agree on every text in every string of the values of %s', async (name) => {
  using dir = temporaryDir();
  const chart = chartOf(name);
  const schema = readSchema(name);
  const check = createValuesCheck(readChart(chart), { values: {}, rules: {} });
  const leaves = stringLeavesOf(schema).filter(({ isKey }) => !isKey);
  const good = ['alpha', 'a.b', 'EUR', 'US:CA', '10Gi', '1', 'https://a.example.com', '/a', '*/5 * * * *', 'ä €', ''];
  for (const text of [...HOSTILE_TEXTS, ...good]) {
    const values = leaves.reduce<Values>((over, leaf) => withText(over, leaf, text), {});
    const ours = check(values).map(({ field }) => `/${field.replace('values.', '').replaceAll('.', '/')}`);
    expect([...(await refusedByHelm(chart, dir.path, values))].toSorted(), JSON.stringify(text)).toEqual(
      [...new Set(ours)].toSorted(),
    );
  }
});

test('what a platform sets for the stores of all engines fits each of their charts', () => {
  const shared = ['global', 'size', 'ingress', 'quota', 'networkPolicy'];
  const [first, ...others] = STORES.map((name) => {
    const { properties = {}, definitions } = readSchema(name);
    return { properties: shared.map((key) => properties[key]), definitions };
  });
  expect(first?.properties).not.toContain(undefined);
  for (const { properties, definitions = {} } of others) {
    expect(properties).toEqual(first?.properties);
    // Descriptions of an image name those of the engine.
    const { image: _own, ...same } = definitions;
    expect(first?.definitions).toMatchObject(same);
  }
});

/** Any text in the values, even without a schema, leaves the set of rendered objects unchanged. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryDir } from '@shopyard/testkit';
import * as fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import {
  HOSTILE_TEXTS,
  readSchema,
  type SchemaNode,
  stringLeavesOf,
  type Values,
  withText,
} from '../support/string-leaves.ts';
import { helmPath } from '../support/tools.ts';

const CHARTS = fileURLToPath(new URL('../../../charts', import.meta.url));
const RUNS = Number(process.env['RUNS'] ?? 40);
const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);
const dir = temporaryDir();
afterAll(() => dir[Symbol.dispose]());

/** Everything enabled, so that every template renders all it can. */
const ALL_ON = {
  woocommerce: { ingress: { enabled: true, tls: { enabled: true } }, store: { id: 'st_1' } },
  medusa: {
    ingress: { enabled: true, tls: { enabled: true } },
    store: { id: 'st_1' },
    networkPolicy: { allowInternet: true },
  },
  platform: { auth: { setUpSecretName: 'given', oidc: { config: { name: 'given' } } }, ingress: { enabled: true } },
} as unknown as Record<'woocommerce' | 'medusa' | 'platform', Values>;

/**
 * Characters that YAML 1.1 and 1.2 read differently or reject: helm fails to render them, or we to parse its output.
 */
const DISPUTED = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/;

/** Output of helm; undefined if rendering fails. */
async function template(chart: string, values: Values): Promise<string | undefined> {
  const args = ['template', 'alpha', join(CHARTS, chart), '--namespace', 'store-alpha', '--skip-schema-validation'];
  const env = { PATH: process.env['PATH'] ?? '', HOME: dir.path };
  let output: string | undefined;
  const child = execFile(helmPath, [...args, '--values', '-'], { env, maxBuffer: 2 ** 24 }, (error, stdout) => {
    if (!error) output = stdout;
  });
  child.stdin?.end(JSON.stringify(values).replaceAll(/[\u007f-\ud7ff\ue000-\uffff]/g, escaped));
  await once(child, 'close');
  return output;
}

/** Escaped like JSON, because helm's parser takes some of the characters for line breaks. */
const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** `kind namespace/name` of each object, sorted, and whether every document could be read. */
function objectsOf(manifest: string): { objects: string[]; readable: boolean } {
  const documents = parseAllDocuments(manifest);
  const objects = documents
    .filter(({ errors }) => errors.length === 0)
    .map((document) => document.toJS() as { kind: string; metadata: { name: string; namespace?: string } } | null)
    .flatMap((object) => (object ? [`${object.kind} ${object.metadata.namespace ?? ''}/${object.metadata.name}`] : []));
  return { objects: objects.toSorted(), readable: documents.every(({ errors }) => errors.length === 0) };
}

const nameOf = ({ path, isKey }: SchemaNode): string => `${path.join('.')}${isKey ? ' (key)' : ''}`;

test.each(['woocommerce', 'medusa', 'platform'] as const)('no text in the values changes which objects the %s chart renders', async (chart) => {
  process.stderr.write(`Hostile values of the ${chart} chart: SEED=${seed} RUNS=${RUNS}\n`);
  const leaves = stringLeavesOf(readSchema(chart));
  const { objects: expected } = objectsOf((await template(chart, ALL_ON[chart])) ?? '');
  expect(expected.length).toBeGreaterThan(5);
  const holds = async (chosen: readonly { leaf: SchemaNode; text: string }[]): Promise<void> => {
    const values = chosen.reduce((over, { leaf, text }) => withText(over, leaf, text), ALL_ON[chart]);
    const manifest = await template(chart, values);
    const where = chosen.map(({ leaf }) => nameOf(leaf)).join(', ');
    const { objects, readable } = objectsOf(manifest ?? '');
    const disputed = chosen.some(({ text }) => DISPUTED.test(text));
    if (disputed && (manifest === undefined || !readable)) expect(expected, where).toEqual(expect.arrayContaining(objects));
    else expect(objects, where).toEqual(expected);
  };
  // Each text in all leaves at once, then mixtures, which shrink to the leaf and the text at fault.
  for (const text of HOSTILE_TEXTS) await holds(leaves.map((leaf) => ({ leaf, text })));
  const letters = fc.constantFrom('\n', '---\n', 'kind: Pod\n', '"', "'", ' #', ': ', '{', '}', '[', ']', ',', '\\', '|', '{{', '}}', '&a', '*a', '\r', '\u2028', 'x');
  const text = fc.oneof(fc.constantFrom(...HOSTILE_TEXTS), fc.string({ unit: letters, minLength: 1, maxLength: 8 }), fc.string({ unit: 'binary', minLength: 1 }));
  const choice = fc.record({ leaf: fc.constantFrom(...leaves), text });
  await fc.assert(fc.asyncProperty(fc.array(choice, { minLength: 1, maxLength: leaves.length }), holds), { seed, numRuns: RUNS });
}); // prettier-ignore

test.each(['woocommerce', 'medusa'] as const)('no text in the values of %s expands to a container variable such as the database password', async (chart) => {
  const secrets = ['WORDPRESS_DB_PASSWORD', 'POSTGRES_PASSWORD', 'ADMIN_PASSWORD'];
  const text = secrets.map((name, index) => `${'$'.repeat(index + 1)}(${name})`).join(' x ');
  const values = stringLeavesOf(readSchema(chart)).reduce((over, leaf) => withText(over, leaf, text), ALL_ON[chart]);
  const manifest = await template(chart, values);
  const texts: string[] = [];
  for (const document of parseAllDocuments(manifest ?? '')) collectTexts(document.toJS(), texts);
  const given = texts.filter((one) => one.includes('ADMIN_PASSWORD)'));
  expect(given.length).toBeGreaterThan(5);
  // An even number of dollar signs before the parenthesis escapes it; see expandReferences in the simulator.
  expect(given.filter((one) => /(?<!\$)(?:\$\$)*\$\((?:ADMIN|WORDPRESS|POSTGRES)/.test(one))).toEqual([]);
}); // prettier-ignore

/** Everything that the kubelet expands: environment values, commands and arguments. */
function collectTexts(node: unknown, into: string[]): void {
  if (typeof node !== 'object' || node === null) return;
  if (Array.isArray(node)) return node.forEach((item) => collectTexts(item, into));
  for (const [key, value] of Object.entries(node)) {
    if (key === 'env')
      into.push(
        ...(value as { value?: string }[]).flatMap((variable) =>
          variable.value === undefined ? [] : [variable.value],
        ),
      );
    else if (key === 'command' || key === 'args') into.push(...(value as string[]));
    else collectTexts(value, into);
  }
}

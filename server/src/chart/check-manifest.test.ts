import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { refuseManifest } from './check-manifest.ts';

const GOLDEN = fileURLToPath(new URL('../../test/charts/golden', import.meta.url));
const refuse = (manifest: string): string | undefined => refuseManifest(manifest, 'store-alpha');

const MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: setup\n';
const ROLE = 'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: { name: smuggled }\n';
const inList = (object: string): string =>
  `apiVersion: v1\nkind: List\nitems:\n  - ${object.trim().replaceAll('\n', '\n    ')}\n`;

test.each(readdirSync(GOLDEN).filter((name) => name.startsWith('woocommerce-')))(
  'accepts the manifest of %s',
  (name) => {
    expect(refuse(readFileSync(join(GOLDEN, name), 'utf8'))).toBeUndefined();
  },
);

test.each([
  {
    name: 'an object that names its own namespace',
    manifest: MAP.replace('name: setup', 'name: setup\n  namespace: store-alpha'),
  },
  { name: 'nested Lists', manifest: inList(inList(MAP)) },
  { name: 'comments and empty documents', manifest: `# a\n---\n# b\n---\n${MAP}---\n` },
  { name: 'Windows line endings', manifest: MAP.replaceAll('\n', '\r\n') },
  { name: 'text that looks like a document', manifest: `${MAP}data:\n  a: |\n    x\n    ---\n    kind: ClusterRole\n` },
])('accepts $name', ({ manifest }) => {
  expect(refuse(manifest)).toBeUndefined();
});

const objects: { name: string; manifest: string; why: RegExp }[] = [
  { name: 'a ClusterRole', manifest: ROLE, why: /a ClusterRole \(rbac\.authorization\.k8s\.io\/v1\)/ },
  {
    name: 'a Namespace',
    manifest: 'apiVersion: v1\nkind: Namespace\nmetadata: { name: x }\n',
    why: /a Namespace \(v1\)/,
  },
  { name: 'a Pod', manifest: 'apiVersion: v1\nkind: Pod\nmetadata: { name: x }\n', why: /a Pod \(v1\)/ },
  { name: 'a Secret', manifest: 'apiVersion: v1\nkind: Secret\nmetadata: { name: x }\n', why: /a Secret \(v1\)/ },
  {
    name: 'an unknown kind',
    manifest: 'apiVersion: example.com/v1\nkind: Own\nmetadata: { name: x }\n',
    why: /a Own \(example\.com\/v1\)/,
  },
  {
    name: 'a known kind in another API group',
    manifest: MAP.replace('v1', 'example.com/v1'),
    why: /a ConfigMap \(example\.com\/v1\)/,
  },
  {
    name: 'another namespace',
    manifest: MAP.replace('name: setup', 'name: setup\n  namespace: kube-system'),
    why: /namespace "kube-system"/,
  },
  {
    name: 'an empty namespace',
    manifest: MAP.replace('name: setup', 'name: setup\n  namespace: null'),
    why: /namespace/,
  },
  { name: 'an object without a kind', manifest: 'apiVersion: v1\nmetadata: { name: x }\n', why: /no kind/ },
  { name: 'an object without a name', manifest: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {}\n', why: /no name/ },
  {
    name: 'a generated name',
    manifest: 'apiVersion: v1\nkind: ConfigMap\nmetadata: { generateName: x }\n',
    why: /no name/,
  },
  {
    name: 'metadata that is a list',
    manifest: 'apiVersion: v1\nkind: ConfigMap\nmetadata: [{ name: x }]\n',
    why: /no name/,
  },
  { name: 'a document that is not a map', manifest: '- a\n', why: /not a map/ },
  {
    name: 'a list under another kind',
    manifest: `${MAP}items:\n  - ${ROLE.trim().replaceAll('\n', '\n    ')}\n`,
    why: /items/,
  },
  { name: 'a key in another spelling', manifest: `${MAP}Kind: ClusterRole\n`, why: /"Kind"/ },
  { name: 'a List whose items are not a list', manifest: 'apiVersion: v1\nkind: List\nitems: {}\n', why: /items/ },
];
test.each(objects)('refuses $name', ({ manifest, why }) => {
  expect(refuse(manifest)).toMatch(why);
  expect(refuse(`${MAP}---\n${manifest}`)).toMatch(why);
});

test.each(objects)('refuses $name inside a List', ({ manifest, why }) => {
  expect(refuse(inList(manifest))).toMatch(why);
  expect(refuse(`${MAP}---\n${inList(inList(manifest))}`)).toMatch(why);
});

test.each([
  { name: 'an empty manifest', manifest: '', why: /empty/ },
  { name: 'only comments', manifest: '# nothing\n---\n', why: /empty/ },
  { name: 'text that is not YAML', manifest: 'a: b: c: [', why: /can't be read/ },
  { name: 'a duplicate key', manifest: `${MAP}kind: ClusterRole\n`, why: /can't be read/ },
  { name: 'an alias', manifest: `${MAP}data: { a: &a x, b: *a }\n`, why: /anchor/ },
  { name: 'an anchor', manifest: `${MAP}data: { a: &a x }\n`, why: /anchor/ },
  { name: 'a merge key', manifest: `${MAP}data: { <<: { a: x } }\n`, why: /merge/ },
  { name: 'a tag', manifest: `${MAP}data: { a: !!binary eA== }\n`, why: /tag/ },
  { name: 'a tag on a map', manifest: `${MAP}data: !x { a: b }\n`, why: /tag/ },
  { name: 'a directive', manifest: `%YAML 1.1\n---\n${MAP}`, why: /directive/ },
  { name: 'text after a document mark', manifest: `${MAP}--- kind\n`, why: /mark/ },
  { name: 'a document mark with a key', manifest: `${MAP}---kind: ClusterRole\n`, why: /mark/ },
  { name: 'a document end mark', manifest: `${MAP}...\n${ROLE}`, why: /mark/ },
  { name: 'a carriage return', manifest: `${MAP}data: { a: x }\r${ROLE}`, why: /control/ },
  { name: 'a line break only in YAML 1.1', manifest: `${MAP}# x\u2028kind: ClusterRole\n`, why: /control/ },
  { name: 'the next-line character', manifest: `${MAP}# x\u0085kind: ClusterRole\n`, why: /control/ },
  { name: 'a byte order mark', manifest: `\ufeff${MAP}`, why: /control/ },
  { name: 'two consecutive JSON objects', manifest: '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"x"}}{"kind":"Pod"}', why: /can't be read/ },
  { name: 'endless brackets', manifest: '['.repeat(200_000), why: /can't be read/ },
  { name: 'a key that is a map', manifest: `${MAP}? { a: b }\n: c\n`, why: /key/ },
])('refuses $name', ({ manifest, why }) => {
  expect(refuse(manifest)).toMatch(why);
}); // prettier-ignore

test('gives the reason on one line, without control characters', () => {
  const why = refuse('apiVersion: v1\nkind: "a\\n\\e[31mb"\nmetadata: { name: x }\n');
  expect(why).toMatch(/^[^\p{Cc}]*$/u);
});

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

test.each(readdirSync(GOLDEN).filter((name) => name.startsWith('store-')))('the manifest of %s is accepted', (name) => {
  expect(refuse(readFileSync(join(GOLDEN, name), 'utf8'))).toBeUndefined();
});

test.each([
  ['an object that names its own namespace', MAP.replace('name: setup', 'name: setup\n  namespace: store-alpha')],
  ['lists within lists', inList(inList(MAP))],
  ['comments and empty documents', `# a\n---\n# b\n---\n${MAP}---\n`],
  ['line ends of Windows', MAP.replaceAll('\n', '\r\n')],
  ['text that looks like a document', `${MAP}data:\n  a: |\n    x\n    ---\n    kind: ClusterRole\n`],
])('%s is accepted', (_what, manifest) => {
  expect(refuse(manifest)).toBeUndefined();
});

const objects: [what: string, manifest: string, why: RegExp][] = [
  ['a ClusterRole', ROLE, /a ClusterRole \(rbac\.authorization\.k8s\.io\/v1\)/],
  ['a Namespace', 'apiVersion: v1\nkind: Namespace\nmetadata: { name: x }\n', /a Namespace \(v1\)/],
  ['a Pod', 'apiVersion: v1\nkind: Pod\nmetadata: { name: x }\n', /a Pod \(v1\)/],
  ['a Secret', 'apiVersion: v1\nkind: Secret\nmetadata: { name: x }\n', /a Secret \(v1\)/],
  ['an unknown kind', 'apiVersion: example.com/v1\nkind: Own\nmetadata: { name: x }\n', /a Own \(example\.com\/v1\)/],
  ['a known kind of another group', MAP.replace('v1', 'example.com/v1'), /a ConfigMap \(example\.com\/v1\)/],
  ['another namespace', MAP.replace('name: setup', 'name: setup\n  namespace: kube-system'), /namespace "kube-system"/],
  ['an empty namespace', MAP.replace('name: setup', 'name: setup\n  namespace: null'), /namespace/],
  ['an object without a kind', 'apiVersion: v1\nmetadata: { name: x }\n', /no kind/],
  ['an object without a name', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {}\n', /no name/],
  ['a made-up name', 'apiVersion: v1\nkind: ConfigMap\nmetadata: { generateName: x }\n', /no name/],
  ['metadata that is a list', 'apiVersion: v1\nkind: ConfigMap\nmetadata: [{ name: x }]\n', /no name/],
  ['a document that is no map', '- a\n', /no map/],
  ['a list by another kind', `${MAP}items:\n  - ${ROLE.trim().replaceAll('\n', '\n    ')}\n`, /items/],
  ['a kind in another spelling', `${MAP}Kind: ClusterRole\n`, /"Kind"/],
  ['a list whose items are no list', 'apiVersion: v1\nkind: List\nitems: {}\n', /items/],
];
test.each(objects)('%s is refused', (_what, manifest, why) => {
  expect(refuse(manifest)).toMatch(why);
  expect(refuse(`${MAP}---\n${manifest}`)).toMatch(why);
});

test.each(objects)('%s is refused inside a List', (_what, manifest, why) => {
  expect(refuse(inList(manifest))).toMatch(why);
  expect(refuse(`${MAP}---\n${inList(inList(manifest))}`)).toMatch(why);
});

test.each([
  ['nothing', '', /nothing/],
  ['comments alone', '# nothing\n---\n', /nothing/],
  ['text that is no YAML', 'a: b: c: [', /can't be read/],
  ['a key twice', `${MAP}kind: ClusterRole\n`, /can't be read/],
  ['an alias', `${MAP}data: { a: &a x, b: *a }\n`, /anchor/],
  ['an anchor', `${MAP}data: { a: &a x }\n`, /anchor/],
  ['a merge key', `${MAP}data: { <<: { a: x } }\n`, /merge/],
  ['a tag', `${MAP}data: { a: !!binary eA== }\n`, /tag/],
  ['a tag of a map', `${MAP}data: !x { a: b }\n`, /tag/],
  ['a directive', `%YAML 1.1\n---\n${MAP}`, /directive/],
  ['text behind a mark', `${MAP}--- kind\n`, /mark/],
  ['a mark with a key', `${MAP}---kind: ClusterRole\n`, /mark/],
  ['the end of a document', `${MAP}...\n${ROLE}`, /mark/],
  ['a carriage return', `${MAP}data: { a: x }\r${ROLE}`, /control/],
  ['a line break of YAML 1.1 alone', `${MAP}# x\u2028kind: ClusterRole\n`, /control/],
  ['next line', `${MAP}# x\u0085kind: ClusterRole\n`, /control/],
  ['a byte order mark', `\ufeff${MAP}`, /control/],
  ['two JSON objects after one another', '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"x"}}{"kind":"Pod"}', /can't be read/],
  ['brackets without end', '['.repeat(200_000), /can't be read/],
  ['a key that is a map', `${MAP}? { a: b }\n: c\n`, /key/],
])('%s is refused', (_what, manifest, why) => {
  expect(refuse(manifest)).toMatch(why);
}); // prettier-ignore

test('gives the reason on one line, without control characters', () => {
  const why = refuse('apiVersion: v1\nkind: "a\\n\\e[31mb"\nmetadata: { name: x }\n');
  expect(why).toMatch(/^[^\p{Cc}]*$/u);
});

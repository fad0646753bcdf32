import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { checkRecord, objectsOfRecord, refuseRecord } from './check-record.ts';

const GOOD = '---\n# Source: store/templates/setup.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: setup }\n';
const ELSEWHERE = `${GOOD}---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: victim, namespace: default }\n`;
const ROLE = `${GOOD}---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: { name: all }\n`;
const release = { name: 'alpha', namespace: 'store-alpha', manifest: GOOD, hooks: [] };

const pack = (content: unknown): string => gzipSync(JSON.stringify(content)).toString('base64');
const refuse = (content: unknown): string | undefined => refuseRecord(pack(content), 'store-alpha');

describe('refuseRecord', () => {
  test.each([
    { what: 'as helm writes it', content: release },
    { what: 'without hooks', content: { ...release, hooks: null } },
    { what: 'of a release without a manifest', content: { ...release, manifest: '' } },
  ])('accepts a record $what', ({ content }) => {
    expect(refuse(content)).toBeUndefined();
    expect(refuseRecord(Buffer.from(JSON.stringify(content)).toString('base64'), 'store-alpha')).toBeUndefined();
  });

  test.each([
    {
      what: 'an object elsewhere',
      content: { ...release, manifest: ELSEWHERE },
      why: 'is for the namespace "default"',
    },
    { what: 'a forbidden kind', content: { ...release, manifest: ROLE }, why: 'it holds a ClusterRole' },
    { what: 'a second manifest in another spelling', content: { ...release, Manifest: ROLE }, why: 'ClusterRole' },
    { what: 'hooks', content: { ...release, hooks: [{ name: 'x' }] }, why: 'it holds hooks' },
    { what: 'hooks in another spelling', content: { ...release, HOOKS: [{ name: 'x' }] }, why: 'it holds hooks' },
    { what: 'another namespace', content: { ...release, namespace: 'kube-system' }, why: 'another namespace' },
    { what: 'a manifest that is not text', content: { ...release, manifest: [GOOD] }, why: 'not text' },
    { what: 'no release', content: [release], why: "can't be read" },
  ])('refuses a record with $what', ({ content, why }) => {
    expect(refuse(content)).toContain(why);
  });

  test('refuses invalid bytes, and a small record that decompresses to too much', () => {
    expect(refuseRecord('????', 'store-alpha')).toBe("it can't be read");
    expect(refuse({ ...release, config: 'x'.repeat(17 * 1024 * 1024) })).toBe("it can't be read");
  });
});

describe('checkRecord', () => {
  test('returns the objects as helm rendered them, those of a List among them', () => {
    const list =
      '---\napiVersion: v1\nkind: List\nitems: [{ apiVersion: v1, kind: Service, metadata: { name: web } }]\n';
    expect(checkRecord(pack({ ...release, manifest: `${GOOD}${list}` }), 'store-alpha')).toEqual([
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'setup' } },
      { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' } },
    ]);
    expect(checkRecord(pack({ ...release, manifest: '' }), 'store-alpha')).toEqual([]);
  });
});

describe('objectsOfRecord', () => {
  test('returns the objects with the labels and annotations of the release', () => {
    expect(objectsOfRecord(pack(release))).toEqual([
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: {
          name: 'setup',
          labels: { 'app.kubernetes.io/managed-by': 'Helm' },
          annotations: { 'meta.helm.sh/release-name': 'alpha', 'meta.helm.sh/release-namespace': 'store-alpha' },
        },
      },
    ]);
  });

  test('returns nothing for a release without a manifest', () => {
    expect(objectsOfRecord(pack({ ...release, manifest: '' }))).toEqual([]);
  });

  test.each([
    { what: 'text', manifest: 'text' },
    { what: 'an object without metadata', manifest: 'apiVersion: v1\nkind: List\nitems: []\n' },
    { what: 'an object without a name', manifest: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {}\n' },
  ])('throws for $what', ({ manifest }) => {
    expect(() => objectsOfRecord(pack({ ...release, manifest }))).toThrow('without kind or name');
  });
});

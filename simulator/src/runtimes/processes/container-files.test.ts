import type { Container } from 'kubernetes-types/core/v1.js';
import { expect, test } from 'vitest';
import { ObjectStore } from '../../storage/object-store.ts';
import { mountedFiles } from './container-files.ts';

const FOLDER = '/var/www/html/wp-content/mu-plugins';

function filesOf(mounts: NonNullable<Container['volumeMounts']>): Record<string, string> {
  const store = new ObjectStore();
  const metadata = { name: 'setup', namespace: 'store-a', uid: 'u', resourceVersion: '0', creationTimestamp: '' };
  store.put(
    { plural: 'configmaps', namespace: 'store-a', name: 'setup' },
    { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { 'hardening.php': '<?php' } },
  );
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata,
    status: {},
    spec: { containers: [], volumes: [{ name: 'setup', configMap: { name: 'setup' } }] },
  } as Parameters<typeof mountedFiles>[1]['pod'];
  return mountedFiles(store, { pod, container: { name: 'wordpress', volumeMounts: mounts } }, FOLDER);
}

test('finds files of a config map that are mounted individually into a folder', () => {
  expect(
    filesOf([
      { name: 'setup', mountPath: `${FOLDER}/a.php`, subPath: 'hardening.php' },
      { name: 'setup', mountPath: `${FOLDER}/missing.php`, subPath: 'other.php' },
      { name: 'other', mountPath: `${FOLDER}/no-volume.php`, subPath: 'hardening.php' },
      { name: 'setup', mountPath: `${FOLDER}/../b.php`, subPath: 'hardening.php' },
      { name: 'setup', mountPath: `${FOLDER}/below/c.php`, subPath: 'hardening.php' },
      { name: 'setup', mountPath: '/etc/d.php', subPath: 'hardening.php' },
      { name: 'setup', mountPath: FOLDER },
    ]),
  ).toEqual({ 'a.php': '<?php' });
});

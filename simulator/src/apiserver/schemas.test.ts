import { expect, test } from 'vitest';
import { GROUP_VERSIONS, LISTED_TYPES, RESOURCE_TYPES } from './resource-types.ts';
import { schemasOf } from './schemas.ts';

const groups = GROUP_VERSIONS.map((entry) => {
  const types = LISTED_TYPES.filter(({ group }) => group === entry.group);
  return { types, schemas: schemasOf(entry, types) };
});

test('describes every stored kind with its fields', () => {
  const described = groups.flatMap(({ schemas }) =>
    Object.values(schemas).flatMap((schema) => schema['x-kubernetes-group-version-kind'] ?? []),
  );
  expect(described).toEqual(
    expect.arrayContaining(RESOURCE_TYPES.map(({ group, version, kind }) => ({ group, version, kind }))),
  );
  for (const { schemas } of groups) {
    for (const schema of Object.values(schemas)) {
      if (schema['x-kubernetes-group-version-kind']) expect(schema.properties).toHaveProperty('metadata');
    }
  }
});

test('refers only to schemas of the same document', () => {
  for (const { schemas } of groups) {
    const references = JSON.stringify(schemas).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g);
    for (const [, name = ''] of references) expect(Object.keys(schemas)).toContain(name);
  }
});

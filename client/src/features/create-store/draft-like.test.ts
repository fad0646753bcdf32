import { expect, test } from 'vitest';
import { draftLike } from './draft-like.ts';
import { EMPTY_DRAFT, nameOf } from './draft.ts';

const store = { engine: 'woocommerce', labels: { team: 'north', plan: 'starter' } };

test('takes over settings and labels, and writes all other values as YAML', async () => {
  const own = {
    store: { title: 'Mugs', currency: 'EUR', country: 'DE', adminEmail: 'a@example.com' },
    size: 'large',
    quota: { enabled: false },
  };
  expect(await draftLike(store, own)).toEqual({
    ...EMPTY_DRAFT,
    title: 'Mugs',
    name: '',
    choices: { engine: 'woocommerce', currency: 'EUR', country: 'DE', size: 'large' },
    labels: 'team=north, plan=starter',
    yaml: 'store:\n  adminEmail: a@example.com\nquota:\n  enabled: false\n',
  });
  expect(own.store.title).toBe('Mugs');
});

test('leaves the name to be typed, and nothing in the YAML where every value has a field', async () => {
  const draft = await draftLike({ engine: 'woocommerce' }, { store: { title: 'Mugs' } });
  expect(nameOf(draft)).toBe('');
  expect(draft).toMatchObject({ labels: '', yaml: '', choices: { engine: 'woocommerce' } });
});

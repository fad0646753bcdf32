import type { EngineView } from '@shopyard/contracts';
import { expect, test } from 'vitest';
import { EMPTY_DRAFT, isTyped, nameOf, toSettings, toTeam } from './draft.ts';

const REGION = { country: 'US', currency: 'USD' };
const engineWith = (defaults: EngineView['defaults']): EngineView => ({
  id: 'woocommerce',
  title: '',
  about: '',
  runs: 'real',
  embedded: '',
  sizes: [{ name: 'small', cpu: '', memory: '', storage: '', memoryBytes: 0, storageBytes: 0 }],
  defaults,
  components: [],
  fixes: {},
  versions: [],
  adminTitle: 'Admin',
  adminPages: {},
  mail: false,
});

test.each([
  { what: 'the region, without other choices', defaults: {}, choices: {}, settings: ['US', 'USD', 'small'] },
  {
    what: "the operator's defaults",
    defaults: { currency: 'CHF', country: 'CH', size: 'large' },
    choices: {},
    settings: ['CH', 'CHF', 'large'],
  },
  {
    what: "the currency of the operator's country",
    defaults: { country: 'US:CA' },
    choices: {},
    settings: ['US:CA', 'USD', 'small'],
  },
  {
    what: 'the currency of the chosen country',
    defaults: {},
    choices: { country: 'JP' },
    settings: ['JP', 'JPY', 'small'],
  },
  {
    what: 'the chosen currency, in whatever country',
    defaults: {},
    choices: { country: 'JP', currency: 'EUR' },
    settings: ['JP', 'EUR', 'small'],
  },
])('takes $what', ({ defaults, choices, settings }) => {
  const { country, currency, size } = toSettings(choices, [engineWith(defaults)], REGION);
  expect([country, currency, size]).toEqual(settings);
});

test('leaves the size open until the engines are known', () => {
  expect(toSettings({}, [], REGION)).toEqual({ engine: undefined, country: 'US', currency: 'USD', size: undefined });
});

test('follows the title with the name until that is edited, even to nothing', () => {
  expect(nameOf({ title: 'Mugs & More', name: undefined })).toBe('mugs-more');
  expect(nameOf({ title: 'Mugs & More', name: 'mm' })).toBe('mm');
  expect(nameOf({ title: 'Mugs & More', name: '' })).toBe('');
});

test('counts text as typed, and blanks and choices not', () => {
  expect(isTyped({ ...EMPTY_DRAFT, title: ' ', choices: { size: 'large' } })).toBe(false);
  for (const part of ['title', 'name', 'lines', 'labels', 'yaml'])
    expect(isTyped({ ...EMPTY_DRAFT, [part]: 'x' }), part).toBe(true);
});

test('asks for a team only where there are several, and begins with the default one', () => {
  expect([toTeam({}, []), toTeam({}, ['shops'])]).toEqual([undefined, undefined]);
  expect(toTeam({}, ['a', 'default'])).toBe('default');
  expect(toTeam({}, ['a', 'b'])).toBe('a');
  expect(toTeam({ team: 'b' }, ['a', 'b'])).toBe('b');
  // It is no longer one of the user's.
  expect(toTeam({ team: 'c' }, ['a', 'b'])).toBe('a');
});

import { engines } from '@shopyard/engines';
import { readEngineCharts } from '../../../chart/engine-charts.ts';
import type { Sighting } from '../../../domain/store.ts';
import { describe, expect, it } from 'vitest';
import type { StoreRequest } from '../../../store-access/store-http.ts';
import type { ActionContext, ActionTarget } from './action-context.ts';
import { lookAgainAt, verify } from './verify.ts';

const MUG = {
  id: 7,
  name: 'Mug',
  type: 'simple',
  permalink: 'http://a.localhost/product/mug/',
  is_purchasable: true,
  is_in_stock: true,
};
const SHIRT = {
  ...MUG,
  id: 8,
  name: 'Shirt',
  type: 'variable',
  permalink: 'http://a.localhost/product/shirt/',
  attributes: [{ name: 'Size', terms: [{ slug: 's' }, { slug: 'm', default: true }] }],
  variations: [
    { id: 81, attributes: [{ name: 'Colour', value: 'red' }] },
    {
      id: 82,
      attributes: [
        { name: 'Colour', value: 'blue' },
        { name: 'Size', value: null },
      ],
    },
  ],
};
const CART = { items: [{ id: 7 }], payment_methods: ['cod'] };
const AT = '2026-02-02T00:00:00.000Z';
const PRODUCTS = '/wp-json/wc/store/v1/products';
const BATCH = '/wp-json/wc/store/v1/batch';

interface Page {
  status?: number;
  body: string | object;
}
type Pages = Record<string, Page>;

/** A shop that works except for `broken`; `asked` lists its requests in order. Was Ready before unless `isNew`. */
function shop(
  broken: Pages = {},
  { isNew = false, more = {} }: { isNew?: boolean; more?: Partial<ActionContext> } = {},
) {
  const pages: Pages = {
    '/': { body: 'Mug' },
    '/shop/': { body: 'Mug' },
    '/product/mug/': { body: 'Mug' },
    '/product/shirt/': { body: 'Shirt' },
    '/wp-login.php': { body: 'Log in' },
    [PRODUCTS]: { body: [MUG] },
    '/wp-json/wc/store/v1/cart': { body: {} },
    [BATCH]: cart({ status: 201, body: CART }),
    ...broken,
  };
  const asked: StoreRequest[] = [];
  const request = async (incoming: StoreRequest) => {
    asked.push(incoming);
    const { status = 200, body } = pages[incoming.path.split('?')[0] ?? ''] ?? { status: 404, body: '' };
    const headers = { nonce: 'n1', 'cart-token': 't1' };
    return { status, headers, body: typeof body === 'string' ? body : JSON.stringify(body) };
  };
  const context = {
    request,
    now: () => new Date(AT),
    charts: { of: () => undefined },
    keepsMail: true,
    ...more,
  } as unknown as ActionContext;
  const readyAt = isNew ? undefined : '2026-01-01T00:00:00.000Z';
  const store = { id: 's1', namespace: 'store-a', url: 'http://a.localhost', values: {}, readyAt };
  const target = {
    store,
    engine: engines.get('woocommerce'),
    signal: new AbortController().signal,
  } as unknown as ActionTarget;
  return {
    asked,
    context,
    target,
    get verified() {
      return verify(context, target);
    },
  };
}

/** The cart's answer to each attempt, then to emptying it. */
const cart = (...responses: { status: number; body: object }[]): Page => ({
  status: 207,
  body: { responses: [...responses, { status: 200, body: [] }] },
});
const sold = (product: object, ...answers: { status: number; body: object }[]): Pages => ({
  [PRODUCTS]: { body: [product] },
  [BATCH]: cart(...answers),
});
const taken = (methods: string[]): Pages => ({
  [BATCH]: cart({ status: 201, body: { ...CART, payment_methods: methods } }),
});
const refused = { status: 400, body: { message: 'Choose an <b>engraving</b>.' } };
const ok = { status: 201, body: CART };

describe('lookAgainAt', () => {
  const down = { '/': { status: 500, body: '' } };

  it('counts consecutive failures of a shop that worked before', async () => {
    const { context, target } = shop(down);
    const sighting: Sighting = { reason: 'Orderable', message: 'Mug can be ordered.', at: '' };
    const first = await lookAgainAt(context, { ...target, store: { ...target.store, sighting } });
    expect(first).toEqual({ ...sighting, at: AT, failures: 1 });
    const again = { ...target, store: { ...target.store, sighting: first } };
    expect(await lookAgainAt(context, again)).toEqual({
      reason: 'PageFails',
      message: "The shop doesn't work: / answers 500.",
      at: AT,
      failures: 2,
    });
    const { context: healed } = shop();
    expect(await lookAgainAt(healed, again)).toEqual({ reason: 'Orderable', message: 'Mug can be ordered.', at: AT });
  });

  it('does not count a cancelled check as a failure', async () => {
    const { context, target } = shop(down);
    await expect(lookAgainAt(context, { ...target, signal: AbortSignal.abort() })).rejects.toThrow('answers 500');
  });
});

describe('verify', () => {
  it('adds a product to the cart and empties it again, as one customer', async () => {
    const { asked, verified } = shop({}, { isNew: true });
    expect(await verified).toMatchObject({ reason: 'Orderable', message: 'Mug can be ordered.' });
    const batch = asked.find(({ path }) => path === BATCH);
    expect(batch?.headers).toMatchObject({ 'Cart-Token': 't1' });
    expect(JSON.parse(batch?.body ?? '')).toEqual({
      requests: [
        { method: 'POST', path: '/wc/store/v1/cart/add-item', body: { id: 7, quantity: 1 }, headers: { Nonce: 'n1' } },
        { method: 'DELETE', path: '/wc/store/v1/cart/items', headers: { Nonce: 'n1' } },
      ],
    });
    expect(asked.map(({ path }) => path)).not.toContain('/shop/');
  });

  it.each([
    {
      where: 'the platform sets no mail server',
      more: { keepsMail: false },
      said: / It sends no mail: smtp\.host is not set\.$/,
    },
    {
      where: 'it does',
      more: {
        keepsMail: false,
        charts: readEngineCharts(engines, { values: { smtp: { host: 'smtp.example.com' } } }),
      },
      said: /ordered\.$/,
    },
    { where: 'mail is kept', more: { keepsMail: true }, said: /ordered\.$/ },
  ])('says whether customers get mail where $where', async ({ more, said }) => {
    expect((await shop({}, { more }).verified).message).toMatch(said);
  });

  it('finds the shop page of a new store whose front page is a different page', async () => {
    const { asked, verified } = shop({ '/': { body: 'Welcome' } }, { isNew: true });
    expect(await verified).toMatchObject({ reason: 'Orderable' });
    expect(asked.map(({ path }) => path)).toContain('/shop/');
  });

  it('buys a variable product as one of its variations, choosing a value where any matches', async () => {
    const { asked, verified } = shop(sold(SHIRT, refused, ok));
    expect(await verified).toMatchObject({ reason: 'Orderable', message: 'Shirt (blue, m) can be ordered.' });
    const { requests } = JSON.parse(asked.find(({ path }) => path === BATCH)?.body ?? '') as { requests: object[] };
    expect(requests[1]).toMatchObject({
      body: {
        id: 82,
        variation: [
          { attribute: 'Colour', value: 'blue' },
          { attribute: 'Size', value: 'm' },
        ],
      },
    });
  });

  it('tries every purchasable product, simple ones first, in its minimum quantity', async () => {
    const crate = { ...MUG, id: 9, name: 'Crate', add_to_cart: { minimum: 6 } };
    const list = [{ ...MUG, is_in_stock: false }, { ...MUG, is_purchasable: false }, SHIRT, crate, MUG];
    const { asked, verified } = shop({ [PRODUCTS]: { body: list }, [BATCH]: cart(refused, ok, refused, refused) });
    expect(await verified).toMatchObject({ message: 'Mug can be ordered.' });
    const { requests } = JSON.parse(asked.find(({ path }) => path === BATCH)?.body ?? '') as {
      requests: { body?: { id: number; quantity: number } }[];
    };
    expect(requests.map(({ body }) => body?.id)).toEqual([9, 7, 81, 82, undefined]);
    expect(requests[0]?.body?.quantity).toBe(6);
  });

  it('sends no more requests per batch than WordPress accepts', async () => {
    const list = Array.from({ length: 50 }, (_, id) => ({ ...MUG, id }));
    const { asked, verified } = shop({ [PRODUCTS]: { body: list } });
    await verified;
    const { requests } = JSON.parse(asked.find(({ path }) => path === BATCH)?.body ?? '') as { requests: object[] };
    expect(requests.length).toBeLessThanOrEqual(25);
  });

  const COMING_SOON = "<meta name='woo-coming-soon-page' content='yes'>";
  const decisions: { what: string; pages: Pages; reason: string; said: string; sells?: true }[] = [
    { what: 'nothing is for sale', pages: { [PRODUCTS]: { body: [] } }, reason: 'NothingToBuy', said: 'no product' },
    {
      what: 'nothing is in stock, or all is in a catalogue without prices',
      pages: {
        [PRODUCTS]: {
          body: [
            { ...MUG, is_in_stock: false },
            { ...SHIRT, is_purchasable: false },
          ],
        },
      },
      reason: 'NothingToBuy',
      said: 'no product',
    },
    {
      what: 'a product wants more than a click',
      pages: { [BATCH]: cart(refused) },
      reason: 'CartRefuses',
      said: 'Choose an engraving.',
    },
    { what: 'no payment method is on', pages: taken([]), reason: 'NoPayment', said: 'not paid' },
    { what: 'the shop opens soon', pages: { '/': { body: COMING_SOON } }, reason: 'ComingSoon', said: 'Coming soon' },
    {
      what: 'only its products open soon',
      pages: { '/product/mug/': { body: COMING_SOON } },
      reason: 'ComingSoon',
      said: 'Coming soon',
    },
    {
      what: 'visitors must log in',
      pages: { '/': { status: 302, body: '' } },
      reason: 'ClosedToVisitors',
      said: '/ answers 302',
    },
    {
      what: 'the shop is closed for maintenance',
      pages: { '/': { status: 503, body: '' } },
      reason: 'ClosedToVisitors',
      said: '/ answers 503',
    },
    {
      what: 'strangers get no REST',
      pages: { [PRODUCTS]: { status: 401, body: {} } },
      reason: 'ClosedToVisitors',
      said: 'products answers 401',
    },
    { what: 'the Store API is a page', pages: { [PRODUCTS]: { body: '<html>' } }, reason: 'NoStoreApi', said: 'JSON' },
    {
      what: 'several at once are refused',
      pages: { [BATCH]: { status: 404, body: {} } },
      reason: 'CartRefuses',
      said: 'answers 404',
    },
  ];

  it.each(decisions)('tells a merchant that $what, and fails a new store for it', async ({ pages, reason, said }) => {
    expect(await shop(pages).verified).toMatchObject({ reason, message: expect.stringContaining(said) as string });
    await expect(shop(pages, { isNew: true }).verified).rejects.toMatchObject({ reason });
  });

  it('takes other payments than cash on delivery from a merchant, and not from a new store', async () => {
    expect(await shop(taken(['stripe'])).verified).toMatchObject({
      reason: 'Orderable',
      message: 'Mug can be ordered, with payment by stripe.',
    });
    await expect(shop(taken(['stripe']), { isNew: true }).verified).rejects.toMatchObject({
      reason: 'NoCashOnDelivery',
    });
  });

  it.each<[string, Pages, string]>([
    ['a page fails', { '/': { status: 500, body: '' } }, '/ answers 500'],
    [
      'nothing answers',
      { '/': { status: 503, body: '' }, '/wp-login.php': { status: 503, body: '' } },
      '/ answers 503',
    ],
    ['the product page fails', { '/product/mug/': { status: 500, body: '' } }, '/product/mug/ answers 500'],
    ['the cart fails', { [BATCH]: cart({ status: 500, body: {} }) }, 'the cart does not take Mug: it answers 500'],
    ['the batch fails', { [BATCH]: { status: 500, body: '' } }, 'the cart answers 500'],
  ])('is not content when %s, however long the store was Ready', async (_, broken, said) => {
    await expect(shop(broken).verified).rejects.toThrow(said);
  });

  it.each<[string, Pages, string]>([
    ['the product has no page', { '/product/mug/': { body: 'Oops' } }, '/product/mug/ does not show Mug'],
    [
      'the cart forgets',
      { [BATCH]: cart({ status: 201, body: { ...CART, items: [] } }) },
      'the cart does not hold Mug',
    ],
  ])('says what is wrong with a new store when %s', async (_, broken, said) => {
    await expect(shop(broken, { isNew: true }).verified).rejects.toThrow(said);
  });
});

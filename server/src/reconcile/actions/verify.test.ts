import { describe, expect, it } from 'vitest';
import type { StoreRequest } from '../../store-gate/store-http.ts';
import type { ActionContext, ActionTarget } from './action-context.ts';
import { verify } from './verify.ts';

const MUG = {
  id: 7,
  name: 'Mug',
  permalink: 'http://a.localhost/product/mug/',
  is_purchasable: true,
  is_in_stock: true,
};
const CART = { items: [{ id: 7 }], payment_methods: ['cod'] };

interface Page {
  status?: number;
  body: string | object;
}

/** A shop in which all is well but what `broken` says; `asked` are the paths in their order. */
function shop(broken: Record<string, Page> = {}) {
  const pages: Record<string, Page> = {
    '/': { body: 'Mug' },
    '/shop/': { body: 'Mug' },
    '/product/mug/': { body: 'Mug' },
    '/wp-json/wc/store/v1/products': { body: [MUG] },
    '/wp-json/wc/store/v1/cart': { body: {} },
    '/wp-json/wc/store/v1/batch': { status: 207, body: { responses: [{ status: 201, body: CART }, { status: 200 }] } },
    ...broken,
  };
  const asked: StoreRequest[] = [];
  const request = async (incoming: StoreRequest) => {
    asked.push(incoming);
    const { status = 200, body } = pages[incoming.path] ?? { status: 404, body: '' };
    const headers = { nonce: 'n1', 'cart-token': 't1' };
    return { status, headers, body: typeof body === 'string' ? body : JSON.stringify(body) };
  };
  const context = { request, platformValues: {} } as unknown as ActionContext;
  const store = { id: 's1', namespace: 'store-a', url: 'http://a.localhost', values: {} };
  const target = { store, signal: new AbortController().signal } as unknown as ActionTarget;
  return { asked, verified: verify(context, target) };
}

const added = (status: number, body: object): Record<string, Page> => ({
  '/wp-json/wc/store/v1/batch': { status: 207, body: { responses: [{ status, body }, { status: 200 }] } },
});

describe('verify', () => {
  it('puts a product into the cart and takes it out again, as one customer', async () => {
    const { asked, verified } = shop();
    expect(await verified).toBe('Mug can be ordered');
    const batch = asked.at(-1);
    expect(batch?.headers).toMatchObject({ 'Cart-Token': 't1' });
    expect(JSON.parse(batch?.body ?? '')).toEqual({
      requests: [
        { method: 'POST', path: '/wc/store/v1/cart/add-item', body: { id: 7, quantity: 1 }, headers: { Nonce: 'n1' } },
        { method: 'DELETE', path: '/wc/store/v1/cart/items', headers: { Nonce: 'n1' } },
      ],
    });
    expect(asked.map(({ path }) => path)).not.toContain('/shop/');
  });

  it('looks for the shop where the front page is another', async () => {
    const { asked, verified } = shop({ '/': { body: 'Welcome' } });
    expect(await verified).toBe('Mug can be ordered');
    expect(asked.map(({ path }) => path)).toContain('/shop/');
  });

  it.each<[string, Record<string, Page>, string]>([
    ['a page fails', { '/': { status: 500, body: '' } }, '/ answers 500'],
    [
      'nothing is in stock',
      { '/wp-json/wc/store/v1/products': { body: [{ ...MUG, is_in_stock: false }] } },
      'no product',
    ],
    ['the product has no page', { '/product/mug/': { body: 'Oops' } }, '/product/mug/ does not show Mug'],
    ['the cart refuses', added(400, { code: 'no_stock' }), 'the cart does not take Mug: it answers 400'],
    ['the cart forgets', added(201, { ...CART, items: [] }), 'the cart does not hold Mug'],
    ['cash on delivery is off', added(201, { ...CART, payment_methods: [] }), 'cash on delivery'],
    ['several at once are refused', { '/wp-json/wc/store/v1/batch': { status: 404, body: {} } }, 'it answers 404'],
    ['the Store API is a page', { '/wp-json/wc/store/v1/batch': { body: '<html>' } }, 'does not answer in JSON'],
  ])('says what is wrong when %s', async (_, broken, said) => {
    await expect(shop(broken).verified).rejects.toThrow(said);
  });
});

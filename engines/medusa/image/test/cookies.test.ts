import type { Request, Response } from '@medusajs/framework/http';
import { expect, onTestFinished, test, vi } from 'vitest';
import { cartIn, hasBought, noteBought, setCart } from '../src/storefront/cookies.ts';

const CART = `cart_${'0'.repeat(26)}`;
const withCookie = (cookie: string): Request => ({ headers: { cookie } }) as Request;

/** The cookies that `set` sets. */
function cookiesOf(set: (res: Response) => void): string[] {
  const all: string[] = [];
  set({ appendHeader: (_name: string, value: string) => all.push(value) } as unknown as Response);
  return all;
}

function useEnvironment(values: Record<string, string>): void {
  for (const [name, value] of Object.entries(values)) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
}

test('finds the cart among other cookies, and takes nothing that is no id', () => {
  expect(cartIn(withCookie(`a=b; cart=${CART}; c=d`))).toBe(CART);
  for (const value of ['', 'cart_1/../orders', `${CART}x`, '%0d%0a'])
    expect(cartIn(withCookie(`cart=${value}`))).toBeUndefined();
});

test('keeps cookies from scripts and from the forms of other sites, and on https from plain http', () => {
  useEnvironment({ STORE_URL: 'http://a.localhost' });
  expect(cookiesOf((res) => setCart(res, CART))).toEqual([
    `cart=${CART}; Path=/; HttpOnly; SameSite=Lax; Max-Age=2592000`,
  ]);
  useEnvironment({ STORE_URL: 'https://a.example.com' });
  expect(cookiesOf((res) => setCart(res, undefined))).toEqual([
    'cart=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0; Secure',
  ]);
});

test('shows an order in the browser that placed it, and in no other that knows its id', () => {
  useEnvironment({ COOKIE_SECRET: 'one' });
  const [set = ''] = cookiesOf((res) => noteBought(withCookie(''), res, 'order_1'));
  const [cookie = ''] = set.split(';');
  expect(hasBought(withCookie(cookie), 'order_1')).toBe(true);
  expect(hasBought(withCookie(cookie), 'order_2')).toBe(false);
  expect(hasBought(withCookie(cookie.replace('order_1', 'order_2')), 'order_2')).toBe(false);
  expect(hasBought(withCookie('bought=order_1.'), 'order_1')).toBe(false);
  useEnvironment({ COOKIE_SECRET: 'two' });
  expect(hasBought(withCookie(cookie), 'order_1')).toBe(false);
});

test('keeps earlier orders, the last ten', () => {
  useEnvironment({ COOKIE_SECRET: 'one' });
  let cookie = '';
  for (let number = 1; number <= 12; number += 1)
    cookie = cookiesOf((res) => noteBought(withCookie(cookie), res, `order_${number}`))[0]?.split(';')[0] ?? '';
  expect(hasBought(withCookie(cookie), 'order_12')).toBe(true);
  expect(hasBought(withCookie(cookie), 'order_3')).toBe(true);
  expect(hasBought(withCookie(cookie), 'order_2')).toBe(false);
});

/** The visitor's cookies: a cart, and the orders that were placed in this browser. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Request, Response } from '@medusajs/framework/http';

const CART = 'cart';
const BOUGHT = 'bought';
const DAYS_30 = 2_592_000;
const MAX_ORDERS = 10;
const SIGNATURE_LENGTH = 32;

export function cartIn(req: Request): string | undefined {
  return /^cart_[A-Z0-9]{26}$/.exec(valueOf(req, CART))?.[0];
}

/** Forgets it without an id. */
export function setCart(res: Response, id: string | undefined): void {
  res.appendHeader('Set-Cookie', cookie(CART, id ?? ''));
}

/** Whether this browser placed the order: knowing its id is not enough. */
export function hasBought(req: Request, order: string): boolean {
  const expected = Buffer.from(`${order}.${sign(order)}`);
  return valueOf(req, BOUGHT)
    .split('~')
    .some((one) => one.length === expected.length && timingSafeEqual(Buffer.from(one), expected));
}

export function noteBought(req: Request, res: Response, order: string): void {
  const earlier = valueOf(req, BOUGHT).split('~').filter(Boolean);
  const all = [`${order}.${sign(order)}`, ...earlier].slice(0, MAX_ORDERS);
  res.appendHeader('Set-Cookie', cookie(BOUGHT, all.join('~')));
}

function sign(order: string): string {
  const { COOKIE_SECRET = '' } = process.env;
  return createHmac('sha256', COOKIE_SECRET).update(`bought ${order}`).digest('hex').slice(0, SIGNATURE_LENGTH);
}

/** Lax: no form of another site changes this visitor's cart. */
function cookie(name: string, value: string): string {
  const { STORE_URL = '' } = process.env;
  const secure = STORE_URL.startsWith('https://') ? '; Secure' : '';
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${value === '' ? 0 : DAYS_30}${secure}`;
}

function valueOf(req: Request, name: string): string {
  const found = (req.headers.cookie ?? '').split(/;\s*/).find((one) => one.startsWith(`${name}=`));
  return found?.slice(name.length + 1) ?? '';
}

import { inShop } from '../../storefront/handle.ts';

/** What a client of the Store API needs to know first. */
export const GET = inShop(async (shop, _req, res) => {
  const { id, currency_code: currency } = await shop.region();
  res.writeHead(200, { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' });
  res.end(JSON.stringify({ name: shop.name, publishableKey: shop.key, region: id, currency }));
});

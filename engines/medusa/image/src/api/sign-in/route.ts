import type { Handler } from '../../storefront/handle.ts';
import { signInAs } from '../../sign-in/sign-in.ts';
import { readToken } from '../../sign-in/token.ts';
import { useOnce } from '../../sign-in/use-once.ts';

const PARAMETER = 'shopyard-sign-in-token';
const HEADERS = { 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' };

/** Signs the administrator in, once per token; without one, tells the time that tokens expire by. */
export const GET: Handler = async (req, res) => {
  const text = req.query[PARAMETER];
  const now = Math.floor(Date.now() / 1000);
  if (text === '') {
    res.writeHead(200, { 'Content-Type': 'application/json', ...HEADERS });
    return void res.end(JSON.stringify({ signIn: 1, now }));
  }
  const token = typeof text === 'string' ? readToken(text, { env: process.env, now }) : undefined;
  const isUsable = token !== undefined && (await useOnce(req.scope, { ...token, now }));
  const context = isUsable ? await signInAs(req.scope, token.user) : undefined;
  if (!token || !context) {
    res.writeHead(403, { 'Content-Type': 'text/plain; charset=utf-8', ...HEADERS });
    return void res.end('This link was used, or is too old: ask Shopyard for another one.\n');
  }
  req.session.auth_context = context;
  res.writeHead(303, { Location: `/app/${token.to}`, ...HEADERS }).end();
};

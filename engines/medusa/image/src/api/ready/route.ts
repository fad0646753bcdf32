import type { Handler } from '../../storefront/handle.ts';

/** Less than the readiness probe waits, so that the kubelet's event says what is wrong. */
const TIMEOUT_MS = 3000;

/** Whether the database answers. Medusa's own /health answers without one. */
export const GET: Handler = async (req, res) => {
  const late = Promise.withResolvers<false>();
  const timer = setTimeout(() => late.resolve(false), TIMEOUT_MS);
  const asked = req.scope
    .resolve('__pg_connection__')
    .raw('select 1')
    .then(
      () => true,
      () => false,
    );
  const isReady = await Promise.race([asked, late.promise]);
  clearTimeout(timer);
  res.writeHead(isReady ? 200 : 503, { 'Content-Type': 'text/plain', 'Cache-Control': 'no-store' });
  res.end(isReady ? 'ready\n' : 'the database does not answer\n');
};

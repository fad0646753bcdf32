import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { inShop } from '../../../storefront/handle.ts';
import { NotFound } from '../../../storefront/not-found.ts';

/** As Medusa names what is not for everybody, such as an export of orders. */
const PRIVATE = /^private-\d+-[\w.-]+$/;

/** Such a file, for the administrator alone; pictures are served before anybody gets here. */
export const GET = inShop(async (_shop, req, res) => {
  const { file = '' } = req.params;
  const { PRIVATE_DIR = '/tmp/private' } = process.env;
  if (!PRIVATE.test(file) || req.session.auth_context?.actor_type !== 'user') throw new NotFound();
  const path = join(PRIVATE_DIR, file);
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) throw new NotFound();
  res.writeHead(200, {
    'Content-Type': 'application/octet-stream',
    'Content-Disposition': `attachment; filename="${file}"`,
    'Cache-Control': 'no-store',
  });
  await pipeline(createReadStream(path), res);
});

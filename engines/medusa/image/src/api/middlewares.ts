/** Paths that nobody serves get the shop's own page, rather than the bare text of the HTTP library. */
import { defineMiddlewares, type Request, type Response } from '@medusajs/framework/http';
import { inShop } from '../storefront/handle.ts';
import { NotFound } from '../storefront/not-found.ts';

/** Those of Medusa, by their first part. */
const MEDUSA = /^\/(admin|app|auth|cloud|health|hooks|static|store)(\/|$)/;
const SHOP =
  /^\/($|(cart|cart\/lines|cart\/empty|checkout|ready|shop\.json|shop\.css|mug\.svg|sign-in|products\/[^/]+|orders\/[^/]+)\/?$)/;

const notFound = inShop(async () => {
  throw new NotFound();
});

export default defineMiddlewares({
  routes: [
    {
      matcher: '*',
      middlewares: [
        (req: Request, res: Response, next: () => void): void => {
          // Below a matcher, `path` is only the rest.
          const [path = '/'] = req.originalUrl.split('?');
          if (MEDUSA.test(path) || SHOP.test(path)) next();
          else void notFound(req, res);
        },
      ],
    },
  ],
});

import type { AppRouter } from '@shopyard/contracts';
import { createTRPCClient, type TRPCClient } from '@trpc/client';
import { createLinks, type LinkOptions } from './links.ts';

export interface Api extends AsyncDisposable {
  trpc: TRPCClient<AppRouter>;
}

/** `url`: the server's address, such as `http://localhost:3000`. Reconnects until disposed. */
export function connect(url: string, options: LinkOptions = {}): Api {
  const { links, close } = createLinks(url, options);
  return { trpc: createTRPCClient<AppRouter>({ links }), [Symbol.asyncDispose]: close };
}

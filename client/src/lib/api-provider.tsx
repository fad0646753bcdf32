import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useState } from 'react';
import { type ConnectionState, createApi, trpc } from './trpc.ts';

export interface Connection {
  state: ConnectionState;
  /** Since when there has been no connection. */
  lostAt: Date | undefined;
  /** When the next try is. */
  retryAt: Date | undefined;
  /** The last time without one, once it is over. */
  outage: { from: Date; to: Date } | undefined;
  /** Where to sign in, once the server has said that it does not know who asks. */
  signInHint: string | undefined;
}

const NEW: Connection = {
  state: 'connecting',
  lostAt: undefined,
  retryAt: undefined,
  outage: undefined,
  signInHint: undefined,
};
/** Shorter ones are not worth a word. */
const OUTAGE_MS = 5000;

const ConnectionContext = createContext<Connection>(NEW);

export function useConnection(): Connection {
  return useContext(ConnectionContext);
}

/** Connects once for the life of the page. */
export function ApiProvider({ children }: { children: ReactNode }): ReactNode {
  const [connection, setConnection] = useState(NEW);
  const [queryClient] = useState(
    () => new QueryClient({ defaultOptions: { queries: { refetchOnWindowFocus: false } } }),
  );
  const [client] = useState(() => {
    const api = createApi({
      onState: (state) => setConnection((before) => changed(before, state)),
      onUnauthorized: (signInHint) => setConnection((before) => ({ ...before, signInHint })),
      onWait: (ms) => setConnection((before) => ({ ...before, retryAt: new Date(Date.now() + ms) })),
    });
    return trpc.createClient({ links: api.links });
  });
  return (
    <trpc.Provider client={client} queryClient={queryClient}>
      <QueryClientProvider client={queryClient}>
        <ConnectionContext value={connection}>{children}</ConnectionContext>
      </QueryClientProvider>
    </trpc.Provider>
  );
}

function changed(before: Connection, state: ConnectionState): Connection {
  const { lostAt, outage } = before;
  if (state !== 'open') return { ...before, state, lostAt: lostAt ?? new Date() };
  const to = new Date();
  const long = lostAt && to.getTime() - lostAt.getTime() >= OUTAGE_MS;
  return { ...before, state, lostAt: undefined, retryAt: undefined, outage: long ? { from: lostAt, to } : outage };
}

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useState } from 'react';
import { type ConnectionState, createApi, trpc } from './trpc.ts';

export interface Connection {
  state: ConnectionState;
  /** When the connection was lost; undefined while connected. */
  lostAt: Date | undefined;
  /** When the next connection attempt starts. */
  retryAt: Date | undefined;
  /** The last outage of at least `OUTAGE_MS`, once it is over. */
  outage: { from: Date; to: Date } | undefined;
  /** Where to sign in, once the server has rejected the connection as unauthenticated. */
  signInHint: string | undefined;
}

const NEW: Connection = {
  state: 'connecting',
  lostAt: undefined,
  retryAt: undefined,
  outage: undefined,
  signInHint: undefined,
};
/** Shorter outages are not reported. */
const OUTAGE_MS = 5000;

const ConnectionContext = createContext<Connection>(NEW);

export function useConnection(): Connection {
  return useContext(ConnectionContext);
}

/** Opens one connection for the lifetime of the page. */
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

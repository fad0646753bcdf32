import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useState } from 'react';
import { type ConnectionState, createApi, trpc } from './trpc.ts';

export interface Connection {
  state: ConnectionState;
  /** Since when there has been no connection. */
  lostAt: Date | undefined;
}

const ConnectionContext = createContext<Connection>({ state: 'connecting', lostAt: undefined });

export function useConnection(): Connection {
  return useContext(ConnectionContext);
}

/** Connects once for the life of the page. */
export function ApiProvider({ children }: { children: ReactNode }): ReactNode {
  const [connection, setConnection] = useState<Connection>({ state: 'connecting', lostAt: undefined });
  const [queryClient] = useState(() => new QueryClient());
  const [client] = useState(() => {
    const api = createApi((state) =>
      setConnection((before) => ({ state, lostAt: state === 'open' ? undefined : (before.lostAt ?? new Date()) })),
    );
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

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import {
  createContext,
  type Dispatch,
  type ReactNode,
  type SetStateAction,
  useCallback,
  useContext,
  useState,
} from 'react';
import { type ConnectionState, createApi, readSignInHint, type SignInHint, trpc } from './trpc.ts';

export interface Connection {
  state: ConnectionState;
  /** When the connection was lost; undefined while connected. */
  lostAt: Date | undefined;
  /** When the next connection attempt starts. */
  retryAt: Date | undefined;
  /** The last outage of at least `OUTAGE_MS`, once it is over. */
  outage: { from: Date; to: Date } | undefined;
  /** Where to sign in, once the server has rejected the connection as unauthenticated. */
  signInHint: SignInHint;
  /** Why the sign-in link that this page was opened with didn't work. */
  refusedLink: string | undefined;
}

const NEW: Connection = {
  state: 'connecting',
  lostAt: undefined,
  retryAt: undefined,
  outage: undefined,
  signInHint: undefined,
  refusedLink: undefined,
};
/** Shorter outages are not reported. */
const OUTAGE_MS = 5000;

const ConnectionContext = createContext<Connection>(NEW);
const ReconnectContext = createContext<() => Promise<boolean>>(() => Promise.resolve(false));

export function useConnection(): Connection {
  return useContext(ConnectionContext);
}

/** After the sign-in has ended: connects again. Resolves with whether this browser is signed in. */
export function useReconnect(): () => Promise<boolean> {
  return useContext(ReconnectContext);
}

interface ApiProviderProps extends Pick<Connection, 'refusedLink'> {
  children: ReactNode;
}

/** Opens one connection for the lifetime of the page, and another one after each new sign-in. */
export function ApiProvider({ refusedLink, children }: ApiProviderProps): ReactNode {
  const [connection, setConnection] = useState({ ...NEW, refusedLink });
  const [queryClient] = useState(
    () => new QueryClient({ defaultOptions: { queries: { refetchOnWindowFocus: false } } }),
  );
  const [client, setClient] = useState(() => connect(setConnection));
  const reconnect = useCallback(async () => {
    if ((await readSignInHint()) !== undefined) return false;
    setConnection(({ outage }) => ({ ...NEW, outage }));
    // Subscriptions begin again with the new client; what the page shows and what was typed stays.
    const next = connect(setConnection);
    // A client is a function, which React would take for an update.
    setClient(() => next);
    return true;
  }, []);
  return (
    <trpc.Provider client={client} queryClient={queryClient}>
      <QueryClientProvider client={queryClient}>
        <ReconnectContext value={reconnect}>
          <ConnectionContext value={connection}>{children}</ConnectionContext>
        </ReconnectContext>
      </QueryClientProvider>
    </trpc.Provider>
  );
}

function connect(setConnection: Dispatch<SetStateAction<Connection>>): ReturnType<typeof trpc.createClient> {
  const { links } = createApi({
    onState: (state) => setConnection((before) => changed(before, state)),
    onUnauthorized: (signInHint) => setConnection((before) => ({ ...before, signInHint })),
    onWait: (ms) => setConnection((before) => ({ ...before, retryAt: new Date(Date.now() + ms) })),
  });
  return trpc.createClient({ links });
}

function changed(before: Connection, state: ConnectionState): Connection {
  const { lostAt, outage } = before;
  if (state !== 'open') return { ...before, state, lostAt: lostAt ?? new Date() };
  const to = new Date();
  const long = lostAt && to.getTime() - lostAt.getTime() >= OUTAGE_MS;
  return { ...before, state, lostAt: undefined, retryAt: undefined, outage: long ? { from: lostAt, to } : outage };
}

/** Who uses this dashboard and what they may do, by the same table as the server's answers. */
import { type Grants, type Me, type ProcedureName, rightRefusal, type Store } from '@shopyard/contracts';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef } from 'react';
import { useConnection } from './api-provider.tsx';
import { trpc } from './trpc.ts';

interface Known {
  /** Undefined until the server has said it, and when it doesn't. */
  me: Me | undefined;
  /** Whether the server was asked; whom it doesn't name may do nothing. */
  asked: boolean;
}

const NOBODY: Grants = { roles: [] };
const CallerContext = createContext<Known>({ me: undefined, asked: false });

/** Asks at the start and after each new connection: roles that change, and sign-ins, end the connection. */
export function CallerProvider({ children }: { children: ReactNode }): ReactNode {
  const { data: me, isError } = trpc.access.me.useQuery({}, { staleTime: Infinity });
  const { state } = useConnection();
  const utils = trpc.useUtils();
  const opened = useRef(false);
  useEffect(() => {
    if (state !== 'open') return;
    if (opened.current || utils.access.me.getData() === undefined) void utils.access.invalidate();
    opened.current = true;
  }, [state, utils]);
  const known = useMemo(() => ({ me, asked: me !== undefined || isError }), [me, isError]);
  return <CallerContext value={known}>{children}</CallerContext>;
}

export function useMe(): Known {
  return useContext(CallerContext);
}

export function useCaller(): Grants {
  return useMe().me ?? NOBODY;
}

/** Whether the user has the right to this, on this store or, without one, in any team. */
export function useMay(action: ProcedureName, store?: Pick<Store, 'id' | 'team'>): boolean {
  return rightRefusal(action, useCaller(), store) === undefined;
}

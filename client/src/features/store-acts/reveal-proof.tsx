/** Stands before whatever lets somebody into a store as its administrator: why, and that it is still the same person. */
import { createContext, type ReactNode, useCallback, useContext, useState } from 'react';
import { useMe } from '../../live/caller.tsx';
import type { Proof, Reveal } from './reveal.ts';
import { RevealDialog } from './reveal-dialog.tsx';

const NOTHING_ASKED: Proof = { confirm: () => Promise.resolve() };

const Way = createContext<(reveal: Reveal) => Promise<void>>((reveal) => reveal(NOTHING_ASKED));

/**
 * Resolves once it is done, or given up; rejects as the call does where nothing was asked: failures of the others are shown in the
 * dialog.
 */
export function useRevealProof(): (reveal: Reveal) => Promise<void> {
  return useContext(Way);
}

interface Asked {
  reveal: Reveal;
  done: () => void;
}

export function RevealProof({ children }: { children: ReactNode }): ReactNode {
  const { me } = useMe();
  const [asked, setAsked] = useState<Asked>();
  const pass = useCallback(
    (reveal: Reveal): Promise<void> => {
      // Only sessions of accounts have this.
      if (me?.freshUntil === undefined) return reveal(NOTHING_ASKED);
      return new Promise((resolve) => setAsked({ reveal, done: resolve }));
    },
    [me],
  );
  const close = (): void => {
    asked?.done();
    setAsked(undefined);
  };
  return (
    <Way value={pass}>
      {children}
      {asked && <RevealDialog reveal={asked.reveal} onClose={close} />}
    </Way>
  );
}

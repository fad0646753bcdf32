import type { ReactNode } from 'react';
import { RevealProof } from '../features/store-acts/reveal-proof.tsx';
import { CallerProvider } from '../live/caller.tsx';
import { StoresProvider } from '../live/use-stores.tsx';
import { ErrorBoundary } from '../ui/error-boundary.tsx';
import { Shell } from './shell.tsx';
import { showOutcome } from './show-outcome.tsx';

export function App(): ReactNode {
  return (
    <ErrorBoundary at="" online whole>
      <CallerProvider>
        <StoresProvider onOutcome={showOutcome}>
          <RevealProof>
            <Shell />
          </RevealProof>
        </StoresProvider>
      </CallerProvider>
    </ErrorBoundary>
  );
}

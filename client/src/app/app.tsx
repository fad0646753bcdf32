import type { ReactNode } from 'react';
import { StoresProvider } from '../live/use-stores.tsx';
import { Shell } from './shell.tsx';
import { showOutcome } from './show-outcome.tsx';

export function App(): ReactNode {
  return (
    <StoresProvider onOutcome={showOutcome}>
      <Shell />
    </StoresProvider>
  );
}

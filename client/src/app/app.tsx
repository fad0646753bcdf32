import type { ReactNode } from 'react';
import { StoresProvider } from '../live/use-stores.tsx';
import { Shell } from './shell.tsx';

export function App(): ReactNode {
  return (
    <StoresProvider>
      <Shell />
    </StoresProvider>
  );
}

import { type ComponentProps, type ReactNode, Suspense } from 'react';
import { ErrorBoundary } from '../ui/error-boundary.tsx';
import { Waiting } from '../ui/waiting.tsx';
import { entryPage } from './sign-in-parts.ts';

/** Stands in for the dashboard where a link lets somebody in. */
export function Entry(link: ComponentProps<typeof entryPage.Part>): ReactNode {
  return (
    <ErrorBoundary at="" online whole>
      <Suspense fallback={<Waiting />}>
        <entryPage.Part {...link} />
      </Suspense>
    </ErrorBoundary>
  );
}

/** 7 SCREEN: renders one subscription, folded by a pure function. Never polls: the server pushes changes. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { Entry } from './app/entry.tsx';
import { createPageClock, PageClockContext } from './lib/use-now.ts';
import { ApiProvider } from './live/api-provider.tsx';
import { followEntryLinks, signIn, takeEntryLink, takeProviderRefusal } from './live/sign-in.ts';
import './app/tokens.css';
import '@fontsource-variable/inter/index.css';
import './app/fonts.css';
import './app/base.css';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

followEntryLinks();
const link = takeEntryLink();
// Before the first call, which needs its cookie.
const refusedLink = link?.kind === 'sign-in' ? await signIn({ code: link.code }) : takeProviderRefusal();

const clock = createPageClock();
createRoot(root).render(
  <StrictMode>
    {link && link.kind !== 'sign-in' ? (
      <Entry {...link} />
    ) : (
      <ApiProvider refusedLink={refusedLink}>
        <PageClockContext value={clock}>
          <App />
        </PageClockContext>
      </ApiProvider>
    )}
  </StrictMode>,
);

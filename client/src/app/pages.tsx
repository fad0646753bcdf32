import { type ReactNode, Suspense } from 'react';
import { StoreListPage, storePane } from '../features/store-list/store-list-page.tsx';
import { lazyPart, loadOnce } from '../lib/lazy-part.ts';
import { storesHref, useRoute } from '../lib/route.ts';
import { useStores } from '../live/use-stores.tsx';
import { NotFound } from '../ui/not-found.tsx';
import { Waiting } from '../ui/waiting.tsx';
import { useDialogs } from './use-dialogs.ts';

const home = lazyPart(async () => (await import('../features/home/home-page.tsx')).HomePage);
const activity = lazyPart(async () => (await import('../features/audit/audit-page.tsx')).AuditPage);
const teams = lazyPart(async () => (await import('../features/teams/teams-page.tsx')).TeamsPage);
const team = lazyPart(async () => (await import('../features/teams/team-page.tsx')).TeamPage);
const users = lazyPart(async () => (await import('../features/users/users-page.tsx')).UsersPage);
const profile = lazyPart(async () => (await import('../features/profile/profile-page.tsx')).ProfilePage);
const tokens = lazyPart(async () => (await import('../features/tokens/tokens-page.tsx')).TokensPage);
const loadStorePage = loadOnce(() => import('../features/store-page/store-page.tsx'));
const storeDetail = lazyPart(async () => (await loadStorePage()).StoreDetailPage);

/** The page of the current address. `children` appear with it, not while it is loaded. */
export function CurrentPage({ children }: { children: ReactNode }): ReactNode {
  return (
    <Suspense fallback={<Waiting />}>
      <Page />
      {children}
    </Suspense>
  );
}

function Page(): ReactNode {
  const { page, id } = useRoute();
  const state = useStores();
  const { filterRef, open } = useDialogs();
  switch (page) {
    case 'home':
      return <home.Part />;
    case 'stores':
      return <StoreListPage state={state} filterRef={filterRef} onCreate={() => open('create')} />;
    case 'store':
      return <storeDetail.Part key={id} id={id} listed={state.stores.get(id)} />;
    case 'activity':
      return <activity.Part />;
    case 'teams':
      return <teams.Part />;
    case 'team':
      return <team.Part key={id} id={id} />;
    case 'users':
      return <users.Part />;
    case 'profile':
      return <profile.Part />;
    case 'tokens':
      return <tokens.Part />;
    case 'unknown':
      return (
        <NotFound
          text="This page doesn't exist. Check the address."
          link={{ href: storesHref(), label: 'All stores' }}
        />
      );
  }
}

export function prefetchPages(): void {
  for (const part of [home, activity, teams, team, users, profile, tokens]) part.prefetch();
  storePane.prefetch();
  void loadStorePage().then(
    ({ TAB_PARTS }) => TAB_PARTS.forEach((part) => part.prefetch()),
    () => undefined,
  );
}

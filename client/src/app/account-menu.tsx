import { CircleUser, KeyRound, LogOut, UserRound, Users, UsersRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { signOut } from '../live/sign-in.ts';
import { navigate, profileHref, teamsHref, tokensHref, usersHref } from '../lib/route.ts';
import { useMay, useMe } from '../live/caller.tsx';
import { Menu } from '../ui/menu.tsx';

/** Who is signed in, their own pages, and the way out; nothing where nobody signs in here. */
export function AccountMenu(): ReactNode {
  const { me } = useMe();
  const mayListUsers = useMay('access.users');
  if (me?.by !== 'session') return null;
  const leave = (): void => void signOut().then(() => location.reload());
  const pages = me.account
    ? [
        { label: 'Profile', icon: UserRound, onSelect: () => navigate(profileHref()) },
        { label: 'Tokens', icon: KeyRound, onSelect: () => navigate(tokensHref()) },
        { label: 'Teams', icon: UsersRound, onSelect: () => navigate(teamsHref()) },
        ...(mayListUsers ? [{ label: 'Users', icon: Users, onSelect: () => navigate(usersHref()) }] : []),
      ]
    : [];
  return (
    <Menu
      label={`Signed in as ${me.name}`}
      items={[...pages, { label: 'Sign out', icon: LogOut, onSelect: leave, separated: pages.length > 0 }]}
    >
      <CircleUser aria-hidden />
    </Menu>
  );
}

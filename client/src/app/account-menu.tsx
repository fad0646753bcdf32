import { CircleUser, LogOut } from 'lucide-react';
import type { ReactNode } from 'react';
import { signOut } from '../live/sign-in.ts';
import { useMe } from '../live/caller.tsx';
import { Menu } from '../ui/menu.tsx';

/** Who is signed in, and the way out; nothing where nobody signs in here. */
export function AccountMenu(): ReactNode {
  const { me } = useMe();
  if (me?.by !== 'session') return null;
  const leave = (): void => void signOut().then(() => location.reload());
  return (
    <Menu label={`Signed in as ${me.name}`} items={[{ label: 'Sign out', icon: LogOut, onSelect: leave }]}>
      <CircleUser aria-hidden />
    </Menu>
  );
}

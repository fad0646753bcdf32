import type { ReactNode } from 'react';
import { useMe } from '../live/caller.tsx';

/** A user's name in a table, with a note at the reader's own. */
export function PersonName({ name }: { name: string }): ReactNode {
  const { me } = useMe();
  return (
    <>
      {name}
      {name === me?.name && <small>You</small>}
    </>
  );
}

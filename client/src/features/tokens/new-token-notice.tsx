import type { NewToken } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import { Once } from '../../ui/once.tsx';

/** The token that was just created, which is shown this once. */
export function NewTokenNotice({ token }: { token: NewToken }): ReactNode {
  return (
    <Once text={token.secret} what="token">
      <strong>{token.name} is created.</strong> Copy its token now: it is shown this once. Programs send it as{' '}
      <code>Authorization: Bearer …</code>, our scripts take it from <code>SHOPYARD_TOKEN</code>.
    </Once>
  );
}

import type { ReactNode } from 'react';
import { Confirm } from '../../ui/confirm.tsx';

interface RevokeTokenProps {
  name: string;
  pending: boolean;
  error: unknown;
  onConfirm: () => void;
  onClose: () => void;
}

export function RevokeToken({ name, ...confirm }: RevokeTokenProps): ReactNode {
  return (
    <Confirm title={`Revoke ${name}?`} action="Revoke token" {...confirm}>
      <p>Programs that use it are refused at once. This can&apos;t be undone; a new token can replace it.</p>
    </Confirm>
  );
}

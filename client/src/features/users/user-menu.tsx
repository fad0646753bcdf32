import type { Invitation, User } from '@shopyard/contracts';
import { Ellipsis } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { toast } from 'sonner';
import { trpc } from '../../live/trpc.ts';
import { useOffline } from '../../live/use-offline.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { Menu } from '../../ui/menu.tsx';

type Change = { admin: boolean } | { disabled: boolean };

interface Question {
  /** Of the menu. */
  label: string;
  title: string;
  action: string;
  text: string;
  /** Absent for another invitation. */
  change?: Change;
}

interface UserMenuProps {
  user: User;
  isSelf: boolean;
  onInvited: (invitation: Invitation) => void;
}

/** What an administrator does with a user, each after a question. */
export function UserMenu({ user, isSelf, onInvited }: UserMenuProps): ReactNode {
  const { id, name } = user;
  const { offline } = useOffline();
  const utils = trpc.useUtils();
  const [asked, setAsked] = useState<Question>();
  const close = (): void => setAsked(undefined);
  const change = trpc.access.changeUser.useMutation({
    onSuccess() {
      toast.success(`Changed ${name}`);
      close();
    },
    onSettled: () => utils.access.users.invalidate(),
  });
  const invite = trpc.access.inviteUser.useMutation({
    onSuccess(invitation) {
      close();
      onInvited(invitation);
    },
  });
  const disabled = offline ? "The server isn't responding" : undefined;
  return (
    <>
      <Menu
        label={`Actions for ${name}`}
        items={questionsOf(user, isSelf).map((question) => ({
          label: question.label,
          disabled,
          onSelect() {
            change.reset();
            invite.reset();
            setAsked(question);
          },
        }))}
      >
        <Ellipsis aria-hidden />
      </Menu>
      {asked && (
        <Confirm
          title={asked.title}
          action={asked.action}
          danger={asked.change !== undefined && 'disabled' in asked.change && asked.change.disabled}
          pending={change.isPending || invite.isPending}
          error={change.error ?? invite.error}
          onConfirm={() => (asked.change ? change.mutate({ id, ...asked.change }) : invite.mutate({ id }))}
          onClose={close}
        >
          <p>{asked.text}</p>
        </Confirm>
      )}
    </>
  );
}

function questionsOf({ name, admin, disabled, invited }: User, isSelf: boolean): Question[] {
  const again: Question = {
    label: 'Invite again…',
    title: `Invite ${name} again?`,
    action: 'Create link',
    text: `The new link lets ${name} choose a password within a week${invited ? '' : '. The present one works until then'}.`,
  };
  const role: Question = admin
    ? {
        label: 'Remove as administrator…',
        title: `Remove ${name} as administrator?`,
        action: 'Remove as administrator',
        text: `${isSelf ? 'You keep your' : `${name} keeps the`} roles in teams, and loses everything else at once.`,
        change: { admin: false },
      }
    : {
        label: 'Make administrator…',
        title: `Make ${name} an administrator?`,
        action: 'Make administrator',
        text: `${name} may then do everything, in every team, also to you.`,
        change: { admin: true },
      };
  const access: Question = disabled
    ? {
        label: 'Enable…',
        title: `Enable ${name}?`,
        action: 'Enable',
        text: `${name} may sign in again, with the same password and roles.`,
        change: { disabled: false },
      }
    : {
        label: 'Disable…',
        title: `Disable ${name}?`,
        action: 'Disable',
        text: `${isSelf ? 'You are' : `${name} is`} signed out everywhere at once, and tokens stop working. Stores and history stay.`,
        change: { disabled: true },
      };
  return disabled ? [access, role] : [again, role, access];
}

/** The tabs of a store's page, and what some of them need. Pure. */
import { type Grants, type ProcedureName, rightRefusal, type Store } from '@shopyard/contracts';
import { whyNot } from '../../lib/why-not.ts';

type Tab = readonly [key: string, label: string];
type Owned = Pick<Store, 'id' | 'team'>;

const TABS: readonly Tab[] = [
  ['', 'Overview'],
  ['activity', 'Activity'],
  ['logs', 'Logs'],
  ['settings', 'Settings'],
  ['revisions', 'Revisions'],
];
export const MAIL: Tab = ['mail', 'Mail'];

/** What may hold secrets, so that not everybody reads it. */
const READS: Readonly<Partial<Record<string, ProcedureName>>> = { logs: 'stores.logs', mail: 'stores.mails' };

/** Without those that the user may not read. `store`: undefined until it is known, and who looks at it. */
export function tabsOf(mail: boolean, caller: Grants, store: Owned | undefined): readonly Tab[] {
  return (mail ? [...TABS, MAIL] : TABS).filter(([key]) => {
    const action = READS[key];
    return !store || !action || !rightRefusal(action, caller, store);
  });
}

/** Why the user may not read this tab; `undefined` if they may. */
export function whyClosed(tab: string, caller: Grants, store: Owned): string | undefined {
  const action = READS[tab];
  return action && whyNot(action, caller, store);
}

import { needsAttention, type Store } from '@shopyard/contracts';
import { House, type LucideIcon, Store as StoreIcon, TriangleAlert, Users, UsersRound, Waypoints } from 'lucide-react';
import type { ReactNode } from 'react';
import { activityHref, homeHref, storesHref, teamsHref, useRoute, usersHref } from '../lib/route.ts';
import { useMay, useMe } from '../live/caller.tsx';
import styles from './side-bar.module.css';

/** The pages, with how many stores there are and need attention. A bar at the bottom on phones. */
export function SideBar({ stores, loaded }: { stores: ReadonlyMap<string, Store>; loaded: boolean }): ReactNode {
  const { page, params } = useRoute();
  const urgent = [...stores.values()].filter(needsAttention).length;
  const { me } = useMe();
  const mayReadActivity = useMay('access.audit');
  const mayListUsers = useMay('access.users');
  const attention = page === 'stores' && params.get('attention') === '1';
  return (
    <nav aria-label="Pages" className={styles.bar}>
      <a className={styles.brand} href={homeHref()} aria-label="Shopyard, home">
        <img src="/icon.svg" alt="" width="28" height="28" />
        <span>Shopyard</span>
      </a>
      <div className={styles.nav}>
        <Item href={homeHref()} icon={House} label="Home" current={page === 'home'} />
        <Item
          href={storesHref()}
          icon={StoreIcon}
          label="Stores"
          count={loaded ? stores.size : undefined}
          current={page === 'store' || (page === 'stores' && !attention)}
        />
        <Item
          href={storesHref({ attention: '1' })}
          icon={TriangleAlert}
          label="Needs attention"
          count={loaded ? urgent : undefined}
          urgent={urgent > 0}
          current={attention}
        />
        {mayReadActivity && (
          <Item href={activityHref()} icon={Waypoints} label="Activity" current={page === 'activity'} />
        )}
        {me?.account && (
          <Item href={teamsHref()} icon={UsersRound} label="Teams" current={page === 'teams' || page === 'team'} rare />
        )}
        {me?.account && mayListUsers && (
          <Item href={usersHref()} icon={Users} label="Users" current={page === 'users'} rare />
        )}
      </div>
    </nav>
  );
}

interface ItemProps {
  href: string;
  icon: LucideIcon;
  label: string;
  /** Absent also until there is something to count. */
  count?: number | undefined;
  urgent?: boolean;
  current: boolean;
  /** Left out on phones, where the account's menu has it. */
  rare?: boolean;
}

function Item({ href, icon: Icon, label, count, urgent = false, current, rare = false }: ItemProps): ReactNode {
  return (
    <a href={href} aria-current={current ? 'page' : undefined} title={label} data-urgent={urgent} data-rare={rare}>
      <Icon aria-hidden />
      <span>{label}</span>
      {count !== undefined && <b aria-hidden={!urgent}>{count}</b>}
    </a>
  );
}

import { needsAttention, type Store } from '@shopyard/contracts';
import { Fragment, type ReactNode } from 'react';
import { toast } from 'sonner';
import { storeHref } from '../lib/route.ts';

/** Long enough to read a reason and to reach the link. */
const SHOWN_MS = 10_000;
const MAX_NAMED = 3;

/** Says what became of stores that the user acted on, with links to them. */
export function showOutcome(stores: readonly Store[]): void {
  const urgent = stores.filter(needsAttention);
  const ready = stores.filter((store) => !needsAttention(store));
  if (ready.length > 0)
    toast.success(
      <>
        <Names stores={ready} /> {ready.length === 1 ? 'is' : 'are'} ready
      </>,
      { duration: SHOWN_MS },
    );
  if (urgent.length > 0)
    toast.warning(
      <>
        <Names stores={urgent} /> {urgent.length === 1 ? 'needs' : 'need'} attention
      </>,
      { duration: SHOWN_MS, description: urgent.length === 1 ? urgent[0]?.message : undefined },
    );
}

/** `alpha`, `alpha and beta`, `alpha, beta, gamma and 2 more`. */
function Names({ stores }: { stores: readonly Store[] }): ReactNode {
  const named = stores.slice(0, MAX_NAMED);
  const more = stores.length - named.length;
  return (
    <>
      {named.map(({ id, name }, at) => (
        <Fragment key={id}>
          {at > 0 && (at === named.length - 1 && more === 0 ? ' and ' : ', ')}
          <a href={storeHref(id)}>{name}</a>
        </Fragment>
      ))}
      {more > 0 && ` and ${more} more`}
    </>
  );
}

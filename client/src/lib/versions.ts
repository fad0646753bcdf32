/** Versions of a store's software, in words. */
import type { EngineView, Store } from '@shopyard/contracts';

export interface NamedVersion {
  title: string;
  version: string;
}

/** In the engine's order; empty until the store's setup has reported them. */
export function versionsOf(
  { versions = {} }: Pick<Store, 'versions'>,
  engine: Pick<EngineView, 'versions'> | undefined,
): NamedVersion[] {
  return (engine?.versions ?? []).flatMap(({ name, title }) => {
    const version = versions[name];
    return version === undefined ? [] : [{ title, version }];
  });
}

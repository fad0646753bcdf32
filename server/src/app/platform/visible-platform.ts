/** What the platform says to callers who don't manage it. */
import { type Grants, may, type Platform } from '@shopyard/contracts';

/** Who else has stores on the cluster, and how many, is for those who can adopt them. */
export function visiblePlatform(platform: Platform, caller: Grants): Platform {
  if (may(caller, 'platform:read')) return platform;
  const { unmanaged: _others, ...cluster } = platform.cluster;
  return { ...platform, cluster };
}

import { type RefObject, useEffect, useRef } from 'react';

/** For the heading of a panel that takes the focus when it opens. */
export function usePanelFocus(): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return heading;
}

import type { ReactNode } from 'react';

export type Tone = 'good' | 'busy' | 'warn' | 'bad' | 'quiet' | 'asleep';

const SHAPES: Record<Tone, ReactNode> = {
  good: <circle cx="6" cy="6" r="4.5" fill="currentColor" />,
  busy: <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="2.5" />,
  warn: <path d="M6 1 11.5 11H.5Z" fill="currentColor" />,
  bad: <path d="m2 2 8 8m0-8-8 8" fill="none" stroke="currentColor" strokeWidth="2.75" />,
  asleep: <path d="M10.5 7.4A5 5 0 1 1 4.9 1.4 4 4 0 0 0 10.5 7.4Z" fill="currentColor" />,
  quiet: <circle cx="6" cy="6" r="4.25" fill="none" stroke="currentColor" strokeWidth="2" strokeDasharray="2.2 1.9" />,
};

/** A shape per tone in the colour of the text, so that tones differ without colour too. */
export function ToneMark({ tone }: { tone: Tone }): ReactNode {
  return (
    <svg viewBox="0 0 12 12" data-shape={tone} aria-hidden>
      {SHAPES[tone]}
    </svg>
  );
}

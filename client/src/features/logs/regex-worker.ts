/** Matches lines against regular expressions beside the page, which ends it if an expression takes too long. */
import { createMatcher, type Match, type Search } from './match-lines.ts';

export type Asked = { search: Search } | { number: number; texts: string[] };
export type Answered = { ready: true } | { number: number; matches: Match[] };

function serve(): void {
  let match: ((text: string) => Match) | undefined;
  addEventListener('message', ({ data }: MessageEvent<Asked>) => {
    if ('search' in data) {
      match = createMatcher(data.search);
      postMessage({ ready: true } satisfies Answered);
    } else if (match) postMessage({ number: data.number, matches: data.texts.map(match) } satisfies Answered);
  });
}

serve();

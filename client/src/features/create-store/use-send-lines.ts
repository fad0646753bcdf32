import type { Store } from '@shopyard/contracts';
import { useEffect, useRef, useState } from 'react';
import { IdempotencyKeys } from '../../lib/idempotency-keys.ts';
import { type CreateOutcome, useCreateStore } from '../../live/use-create-store.ts';
import type { CheckedLine } from './check-lines.ts';

const AT_ONCE = 4;

export type Progress = { state: 'waiting' | 'sending' | 'accepted' } | { state: 'refused'; message: string };

export interface SendLines {
  /** By the text of the line. */
  progress: ReadonlyMap<string, Progress>;
  /** Names whose store may exist since a call that nobody answered. */
  unanswered: ReadonlySet<string>;
  sending: boolean;
  /** Resolves with the stores that were accepted, by the text of their line. */
  send: (lines: readonly CheckedLine[]) => Promise<ReadonlyMap<string, Store>>;
}

/** Sends lines, a few at once. A line that is sent again, after whatever went wrong, creates no second store. */
export function useSendLines(): SendLines {
  const create = useCreateStore();
  const [keys] = useState(() => new IdempotencyKeys());
  const [progress, setProgress] = useState<ReadonlyMap<string, Progress>>(new Map());
  const [unanswered, setUnanswered] = useState<ReadonlySet<string>>(new Set());
  const [sending, setSending] = useState(false);
  const gone = useRef(false);
  useEffect(() => {
    gone.current = false;
    return () => void (gone.current = true);
  }, []);

  const report = ({ text }: CheckedLine, state: Progress): void =>
    setProgress((before) => new Map([...before, [text, state]]));
  const note = ({ name }: CheckedLine, outcome: CreateOutcome): void =>
    setUnanswered((before) => {
      const names = new Set(before);
      if ('unanswered' in outcome && outcome.unanswered) names.add(name);
      else names.delete(name);
      return names;
    });
  const sendAll = async (lines: readonly CheckedLine[]): Promise<ReadonlyMap<string, Store>> => {
    const accepted = new Map<string, Store>();
    const queue = [...lines];
    let away: string | undefined;
    const worker = async (): Promise<void> => {
      for (let line = queue.shift(); line; line = queue.shift()) {
        if (gone.current) return;
        // The server is away: the others would only wait for the same.
        if (away !== undefined) {
          report(line, { state: 'refused', message: `Not sent. ${away}` });
          continue;
        }
        report(line, { state: 'sending' });
        const outcome = await create(line.request, keys.keyOf(line.request));
        note(line, outcome);
        if ('store' in outcome) {
          accepted.set(line.text, outcome.store);
          report(line, { state: 'accepted' });
        } else {
          if (outcome.unanswered) away = outcome.message;
          report(line, { state: 'refused', message: outcome.message });
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    return accepted;
  };
  return {
    progress,
    unanswered,
    sending,
    async send(lines) {
      if (sending) return new Map();
      setSending(true);
      setProgress(new Map(lines.map(({ text }) => [text, { state: 'waiting' }])));
      try {
        return await sendAll(lines);
      } finally {
        setSending(false);
      }
    },
  };
}

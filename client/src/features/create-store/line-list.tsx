import { Check, CircleAlert, CircleDashed, LoaderCircle } from 'lucide-react';
import type { ReactNode } from 'react';
import type { CheckedLine } from './check-lines.ts';
import type { Progress } from './use-send-lines.ts';
import styles from './create-store.module.css';

interface LineListProps {
  lines: readonly CheckedLine[];
  progress: ReadonlyMap<string, Progress>;
  /** Address of a store with this name. */
  addressOf: (name: string) => string;
}

/** What becomes of each line: its store's address, or what is wrong with it. */
export function LineList({ lines, progress, addressOf }: LineListProps): ReactNode {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- keys scroll it
    <ol className={styles.lines} aria-label="Stores to create" tabIndex={0}>
      {lines.map((line) => (
        <LineItem key={line.line} line={line} progress={progress.get(line.text)} addressOf={addressOf} />
      ))}
    </ol>
  );
}

interface LineItemProps extends Pick<LineListProps, 'addressOf'> {
  line: CheckedLine;
  progress: Progress | undefined;
}

function LineItem({ line: { line, name, problems }, progress, addressOf }: LineItemProps): ReactNode {
  const wrong = problems.length > 0 ? problems : progress?.state === 'refused' ? [progress.message] : [];
  const state = wrong.length > 0 ? 'refused' : (progress?.state ?? 'waiting');
  const Icon = ICONS[state];
  return (
    <li data-state={state}>
      <Icon aria-hidden />
      <span className={styles.number}>Line {line}</span>
      {wrong.length > 0 ? (
        <span>
          {name && (
            <>
              <b>{name}</b>:{' '}
            </>
          )}
          {wrong.join('; ')}
        </span>
      ) : (
        <span>
          <b>{name}</b> <small>{WORDS[state] ?? addressOf(name)}</small>
        </span>
      )}
    </li>
  );
}

const ICONS = { waiting: CircleDashed, sending: LoaderCircle, accepted: Check, refused: CircleAlert };
const WORDS: Partial<Record<Progress['state'], string>> = { sending: 'Creating…', accepted: 'Accepted' };

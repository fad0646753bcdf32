import type { Platform, Store, Team } from '@shopyard/contracts';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { regionOf } from '../../lib/regions.ts';
import { type Draft, type Settings, toSettings, toTeam } from './draft.ts';
import type { FieldName, Issue } from './issues.ts';

export interface CreateForm {
  draft: Draft;
  settings: Settings;
  /** From the last try, but for those whose field was changed since. */
  issues: readonly Issue[];
  change: (changes: Partial<Draft>) => void;
  setIssues: (issues: readonly Issue[]) => void;
  /** What the last try found, as it found it. */
  tried: readonly Issue[];
}

export interface CreateWorld {
  stores: ReadonlyMap<string, Store>;
  platform: Platform | undefined;
  /** Those in which the user may create stores. */
  teams: readonly Team[];
}

/** The dialog's input, as it is at the start and as people change it. A field's issues go away once it is changed. */
export function useCreateForm({ platform, teams }: CreateWorld, start: Draft): CreateForm {
  const [draft, setDraft] = useState(start);
  const [issues, setIssues] = useState<readonly Issue[]>([]);
  const [tried, setTried] = useState<readonly Issue[]>([]);
  const [region] = useState(() => regionOf(navigator.languages));
  return {
    draft,
    settings: {
      ...toSettings(draft.choices, platform?.engines ?? [], region),
      team: toTeam(
        draft.choices,
        teams.map(({ id }) => id),
      ),
    },
    issues,
    setIssues(found) {
      setIssues(found);
      setTried(found);
    },
    tried,
    change(changes) {
      setDraft((before) => ({ ...before, ...changes }));
      const changed = fieldsOf(changes);
      setIssues((before) => before.filter(({ field }) => !changed.has(field)));
    },
  };
}

/** For a form: after a try, its first field with an issue gets the focus. */
export function useFocusOnIssue(tried: readonly Issue[]): RefObject<HTMLFormElement | null> {
  const ref = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (tried.length > 0) ref.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [tried]);
  return ref;
}

/** An issue of the form as a whole goes with every change. */
function fieldsOf(changes: Partial<Draft>): ReadonlySet<FieldName> {
  return new Set<FieldName>([
    'form',
    ...('title' in changes ? (['title', 'name'] as const) : []),
    ...('name' in changes ? (['name'] as const) : []),
    ...('choices' in changes ? (['team', 'country', 'currency', 'size'] as const) : []),
    ...('labels' in changes ? (['labels'] as const) : []),
    ...('yaml' in changes ? (['yaml'] as const) : []),
  ]);
}

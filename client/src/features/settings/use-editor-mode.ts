import type { Setting } from '@shopyard/contracts';
import { useEffect, useState } from 'react';
import type { Draft } from './draft.ts';
import { settingId } from './setting-field.tsx';
import { parseText } from './values-document.ts';

export interface EditorMode {
  mode: 'form' | 'yaml';
  /** Whether the text is YAML, which the form needs. */
  isReadable: boolean;
  /** What the YAML editor shows; empty for its beginning. */
  path: readonly string[];
  showForm: () => void;
  showYaml: (path: readonly string[]) => void;
}

interface EditorModeOptions {
  /** Dotted path that the address asks for; empty for none. */
  field: string;
  shown: readonly Setting[];
  draft: Draft;
}

/** Form or YAML: what the address asks for decides first, then the person. */
export function useEditorMode({ field, shown, draft }: EditorModeOptions): EditorMode {
  const target =
    shown.find(({ path }) => path.join('.') === field) ??
    shown.find(({ path }) => path.join('.').startsWith(`${field}.`));
  const [chosen, setChosen] = useState<{ mode: 'form' | 'yaml'; path: readonly string[] }>();
  const asksForYaml = field !== '' && !target;
  const mode = chosen?.mode ?? (asksForYaml ? 'yaml' : 'form');
  const targetPath = target?.path.join('.');

  useEffect(() => {
    if (mode === 'form' && field !== '' && targetPath !== undefined) focusOn(settingId(targetPath.split('.')));
  }, [mode, field, targetPath]);

  // The first field that the server refused.
  const [refused] = draft.issues;
  useEffect(() => {
    if (mode === 'form' && refused?.path[0] === 'values') focusOn(settingId(refused.path.slice(1)));
  }, [mode, refused]);

  return {
    mode,
    isReadable: parseText(draft.text).problems === undefined,
    path: chosen?.path ?? (asksForYaml ? field.split('.') : []),
    showForm: () => setChosen({ mode: 'form', path: [] }),
    showYaml: (path) => setChosen({ mode: 'yaml', path }),
  };
}

function focusOn(id: string): void {
  const element = document.getElementById(id);
  element?.scrollIntoView({ block: 'center' });
  element?.focus({ preventScroll: true });
}

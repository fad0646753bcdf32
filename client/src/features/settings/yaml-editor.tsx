/** A YAML editor, in a chunk of its own. Tab leaves it, as it leaves every field. */
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { type Diagnostic, lintGutter, setDiagnostics } from '@codemirror/lint';
import { EditorState, type Extension } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers, placeholder } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { type ReactNode, useEffect, useRef } from 'react';
import type { TextProblem } from './values-document.ts';
import styles from './yaml-editor.module.css';

export interface YamlEditorProps {
  text: string;
  onChange: (text: string) => void;
  problems: readonly TextProblem[];
  /** Offset that is scrolled to and gets the cursor when it changes. */
  cursor: number | undefined;
  label: string;
  readOnly: boolean;
}

const COLOURS = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], class: styles.key ?? '' },
  { tag: tags.comment, class: styles.comment ?? '' },
  { tag: [tags.string, tags.special(tags.string)], class: styles.string ?? '' },
]);

const EXTENSIONS: Extension = [
  lineNumbers(),
  history(),
  drawSelection(),
  highlightActiveLine(),
  bracketMatching(),
  indentOnInput(),
  yaml(),
  syntaxHighlighting(COLOURS),
  lintGutter(),
  EditorView.lineWrapping,
  placeholder('store:\n  title: Mugs and more'),
  keymap.of([...defaultKeymap, ...historyKeymap]),
];

export function YamlEditor({ text, onChange, problems, cursor, label, readOnly }: YamlEditorProps): ReactNode {
  const parent = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const changed = useRef(onChange);
  useEffect(() => {
    changed.current = onChange;
  });

  useEffect(() => {
    const listener = EditorView.updateListener.of(({ docChanged, state }) => {
      if (docChanged) changed.current(state.doc.toString());
    });
    const named = EditorView.contentAttributes.of({ 'aria-label': label });
    const editable = [EditorState.readOnly.of(readOnly), EditorView.editable.of(!readOnly)];
    const made = new EditorView({
      ...(parent.current ? { parent: parent.current } : {}),
      state: EditorState.create({ doc: text, extensions: [EXTENSIONS, listener, named, editable] }),
    });
    view.current = made;
    return () => made.destroy();
    // The editor keeps its own text; the next effect brings in what others change.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [label, readOnly]);

  useEffect(() => {
    const { current: editor } = view;
    if (!editor || editor.state.doc.toString() === text) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text } });
  }, [text]);

  useEffect(() => {
    const { current: editor } = view;
    if (!editor) return;
    const end = editor.state.doc.length;
    const found = problems.map(({ message, from, to }): Diagnostic => {
      const start = Math.min(from, end);
      return { from: start, to: Math.min(Math.max(to, start), end), message, severity: 'error' };
    });
    editor.dispatch(setDiagnostics(editor.state, found));
  }, [problems, text]);

  useEffect(() => {
    const { current: editor } = view;
    if (!editor || cursor === undefined) return;
    const anchor = Math.min(cursor, editor.state.doc.length);
    editor.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) });
    editor.focus();
  }, [cursor]);

  return <div ref={parent} className={styles.editor} />;
}

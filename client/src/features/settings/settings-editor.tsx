import { type Chart, type StoreSettings } from '@shopyard/contracts';
import { type FormEvent, type ReactNode, useEffect, useMemo, useReducer } from 'react';
import { whenIdle } from '../../lib/lazy-part.ts';
import { useRoute } from '../../lib/route.ts';
import { whyNot } from '../../lib/why-not.ts';
import { useCaller, useMay } from '../../live/caller.tsx';
import { useOffline } from '../../live/use-offline.ts';
import { ConfirmByName } from '../../ui/confirm-by-name.tsx';
import { LeaveGuard } from '../../ui/leave-guard.tsx';
import type { StoreDetail } from '../store-page/use-store-detail.ts';
import { ChartOffer } from './chart-offer.tsx';
import { changeDraft, changesOf, isChanged, newDraft } from './draft.ts';
import { EditorNotices } from './editor-notices.tsx';
import { issuesElsewhere, settingFor } from './issues.ts';
import { LabelsEditor, problemOf } from './labels-editor.tsx';
import { Review } from './review.tsx';
import styles from './settings.module.css';
import { SettingsForm } from './settings-form.tsx';
import { useEditorMode } from './use-editor-mode.ts';
import { useReview } from './use-review.ts';
import { editorPart, ValuesEditor } from './values-editor.tsx';

interface SettingsEditorProps {
  detail: StoreDetail;
  chart: Chart;
  /** The store's, as last read. */
  settings: StoreSettings;
  onMismatch: () => void;
}

/** Form, YAML and review of one draft. */
export function SettingsEditor({ detail, chart, settings, onMismatch }: SettingsEditorProps): ReactNode {
  const { store } = detail;
  const field = useRoute().params.get('field') ?? '';
  const { offline } = useOffline();
  const forbidden = whyNot('stores.update', useCaller(), store);
  const managesPlatform = useMay('platform.adopt');
  const [draft, dispatch] = useReducer(changeDraft, undefined, () => newDraft(settings, store.labels ?? {}));
  useEffect(() => dispatch({ type: 'theirs', base: settings }), [settings]);
  // Also for the time when the server is away.
  useEffect(() => whenIdle(editorPart.prefetch), []);
  const asked = useMemo(() => settingFor(chart.schema, field.split('.').filter(Boolean)), [chart, field]);
  const isListed = chart.settings.some(({ path }) => path.join('.') === field);
  const shown = useMemo(
    () => (asked && !isListed ? [asked, ...chart.settings] : chart.settings),
    [asked, isListed, chart.settings],
  );
  const editing = useEditorMode({ field, shown, draft });
  const { mode } = editing;
  const reviewing = useReview({ store, draft, dispatch, onMismatch });

  const changes = changesOf(draft);
  const count = changes.values.length + changes.labels.length;
  const blocked =
    forbidden ??
    (store.phase === 'Deleting' ? 'The store is being deleted.' : offline ? "The server isn't responding." : undefined);
  const wrongLabel = draft.labels.some((_row, at) => problemOf(draft.labels, at) !== undefined);
  const why =
    blocked ??
    (editing.isReadable ? undefined : 'Correct the YAML first.') ??
    (wrongLabel ? 'Correct the labels first.' : undefined);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (why === undefined && count > 0 && !reviewing.pending) void reviewing.review();
  };

  if (reviewing.shown)
    return (
      <>
        <LeaveGuard active />
        <Review
          plan={reviewing.shown.plan}
          isRenewed={reviewing.shown.isRenewed}
          labels={changes.labels}
          settings={chart.settings}
          blocked={blocked}
          pending={reviewing.pending}
          error={reviewing.error}
          reason={reviewing.reason}
          onReason={reviewing.setReason}
          onApply={() => void reviewing.apply()}
          onBack={reviewing.back}
        />
        {reviewing.toConfirm !== undefined && (
          <ConfirmByName
            phrase={store.name}
            title={`Update the software of ${store.name}?`}
            action="Update"
            pending={reviewing.pending}
            error={undefined}
            onConfirm={() => void reviewing.apply(store.name)}
            onClose={reviewing.dismiss}
          >
            <p>{reviewing.toConfirm}</p>
          </ConfirmByName>
        )}
      </>
    );
  return (
    <form className={styles.settings} aria-label="Settings" onSubmit={submit} noValidate>
      <LeaveGuard active={isChanged(draft)} />
      <div className={styles.bar}>
        <fieldset aria-label="Edit as" className={styles.modes}>
          <button
            type="button"
            data-size="small"
            aria-pressed={mode === 'form'}
            disabled={!editing.isReadable}
            title={editing.isReadable ? undefined : 'Correct the YAML first.'}
            onClick={editing.showForm}
          >
            Form
          </button>
          <button type="button" data-size="small" aria-pressed={mode === 'yaml'} onClick={() => editing.showYaml([])}>
            YAML
          </button>
        </fieldset>
        <span className={styles.hint}>Form and YAML edit the same values. Empty fields use the default.</span>
      </div>
      {forbidden === undefined && (
        <ChartOffer
          chart={store.chart}
          disabled={why !== undefined || reviewing.pending}
          onReview={(version) => void reviewing.review(version)}
        />
      )}
      <EditorNotices
        detail={detail}
        draft={draft}
        settings={chart.settings}
        elsewhere={mode === 'form' ? issuesElsewhere(draft.issues, shown) : []}
        error={reviewing.error}
        onShow={editing.showYaml}
      />
      <fieldset
        className={`${styles.fields} ${mode === 'form' ? styles.groups : styles.settings}`}
        disabled={forbidden !== undefined}
      >
        {mode === 'form' ? (
          <SettingsForm
            chart={chart}
            settings={settings}
            shown={shown}
            draft={draft}
            tenant={!managesPlatform && forbidden === undefined}
            dispatch={dispatch}
          />
        ) : (
          <ValuesEditor
            schema={chart.schema}
            draft={draft}
            path={editing.path}
            readOnly={store.phase === 'Deleting' || forbidden !== undefined}
            dispatch={dispatch}
          />
        )}
        <LabelsEditor
          labels={draft.labels}
          issues={draft.issues}
          onChange={(labels) => dispatch({ type: 'labelled', labels })}
        />
      </fieldset>
      <div className={styles.footer}>
        <span className={styles.status} aria-live="polite" id="settings-status">
          {why ?? (count === 0 ? 'No changes' : `${count} unsaved ${count === 1 ? 'change' : 'changes'}`)}
        </span>
        {forbidden === undefined && (
          <>
            <button
              type="button"
              disabled={!isChanged(draft)}
              onClick={() => dispatch({ type: 'reset', base: settings, labels: store.labels ?? {} })}
            >
              Discard
            </button>
            <button
              type="submit"
              data-kind="primary"
              disabled={why !== undefined || count === 0 || reviewing.pending}
              aria-describedby="settings-status"
            >
              {reviewing.pending ? 'Checking…' : 'Review'}
            </button>
          </>
        )}
      </div>
    </form>
  );
}

import { type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import { lazyPart } from '../../lib/lazy-part.ts';
import { useOffline } from '../../live/use-offline.ts';
import { ErrorBoundary } from '../../ui/error-boundary.tsx';
import { Waiting } from '../../ui/waiting.tsx';
import { Field } from './field.tsx';
import type { CreateStepProps } from './one-store.tsx';
import styles from './create-store.module.css';

const plan = lazyPart(async () => (await import('./several-plan.tsx')).SeveralPlan);

/** Loads what several stores need ahead of its use. */
export const prefetchSeveral = plan.prefetch;

/** A store a line. The text stays outside of the part that is loaded, so no key is lost. */
export function SeveralStores(props: CreateStepProps): ReactNode {
  const { draft, change } = props.form;
  const { offline } = useOffline();
  const lineCount = draft.lines.trim().split('\n').length;
  const [locked, setLocked] = useState(false);
  const lines = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const { current } = lines;
    current?.focus();
    current?.setSelectionRange(current.value.length, current.value.length);
  }, []);
  return (
    <div className={styles.form}>
      <Field
        label="Stores"
        hint={
          <>
            One shop name per line, or CSV with a header: <code>title,name,currency,country,size,labels</code>.{' '}
            {lineCount < 2 && (
              <button
                type="button"
                className={styles.link}
                onClick={() => change({ several: false, title: draft.lines.trim(), lines: '' })}
              >
                Create one…
              </button>
            )}
          </>
        }
        issues={[]}
      >
        {(control) => (
          <textarea
            {...control}
            ref={lines}
            rows={6}
            value={draft.lines}
            readOnly={locked}
            autoComplete="off"
            spellCheck={false}
            placeholder={'Mugs & More\nPaper Planes\nThe Green Corner'}
            onChange={(event) => change({ lines: event.target.value })}
          />
        )}
      </Field>
      <ErrorBoundary at="" online={!offline}>
        <Suspense fallback={<Waiting />}>
          <plan.Part {...props} onSending={setLocked} />
        </Suspense>
      </ErrorBoundary>
    </div>
  );
}

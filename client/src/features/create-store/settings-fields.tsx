import type { ReactNode } from 'react';
import { COUNTRIES, CURRENCIES, named } from '../../lib/regions.ts';
import { Field } from './field.tsx';
import { noticesOf } from './engine-notices.ts';
import { issuesOf } from './issues.ts';
import { SizeChoice } from './size-choice.tsx';
import { TeamChoice } from './team-choice.tsx';
import type { CreateForm, CreateWorld } from './use-create-form.ts';
import styles from './create-store.module.css';

interface SettingsFieldsProps {
  form: CreateForm;
  world: CreateWorld;
}

/** Country, currency and size, and team and engine if there are several. */
export function SettingsFields({ form, world }: SettingsFieldsProps): ReactNode {
  const { draft, settings, change } = form;
  const { engine, country, currency, size } = settings;
  const engines = world.platform?.engines ?? [];
  const choose = (choices: Partial<typeof draft.choices>): void =>
    change({ choices: { ...draft.choices, ...choices } });
  return (
    <>
      <TeamChoice form={form} teams={world.teams} />
      {engines.length > 1 && (
        <Field
          label="Engine"
          hint={noticesOf(engines, engine, world.stores.values()).map((notice) => (
            <p key={notice}>{notice}</p>
          ))}
          issues={[]}
        >
          {(control) => (
            <select {...control} value={engine?.id} onChange={(event) => choose({ engine: event.target.value })}>
              {engines.map(({ id, about, runs }) => (
                <option key={id} value={id} disabled={runs === 'unavailable'}>
                  {about}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      <div className={styles.pair}>
        <Field label="Country" issues={issuesOf(form.issues, 'country')}>
          {(control) => (
            <select {...control} value={country} onChange={(event) => choose({ country: event.target.value })}>
              <Options codes={COUNTRIES} chosen={country} type="region" />
            </select>
          )}
        </Field>
        <Field label="Currency" issues={issuesOf(form.issues, 'currency')}>
          {(control) => (
            <select {...control} value={currency} onChange={(event) => choose({ currency: event.target.value })}>
              <Options codes={CURRENCIES} chosen={currency} type="currency" />
            </select>
          )}
        </Field>
      </div>
      <SizeChoice
        engine={engine}
        size={size}
        issues={issuesOf(form.issues, 'size')}
        onChange={(next) => choose({ size: next })}
      />
    </>
  );
}

interface OptionsProps {
  codes: readonly string[];
  /** Offered too, if the operator has chosen one that isn't in the list, such as `US:CA`. */
  chosen: string;
  type: 'currency' | 'region';
}

function Options({ codes, chosen, type }: OptionsProps): ReactNode {
  return (
    <>
      {!codes.includes(chosen) && <option value={chosen}>{chosen}</option>}
      {named(codes, type).map(({ code, name }) => (
        <option key={code} value={code}>
          {name} ({code})
        </option>
      ))}
    </>
  );
}

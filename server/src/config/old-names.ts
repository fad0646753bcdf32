/** Names that variables used before a store could be of more than one engine. They still work, and the log says so. */

type Variables = Record<string, string | undefined>;

export interface Renamed {
  values: Variables;
  /** One sentence for each old name that is in use. */
  notices: string[];
}

/** The variables with today's names in them. */
export function acceptOldNames(given: Variables): Renamed {
  const { SHOPYARD_STEP_SECONDS: seconds = '', SHOPYARD_EMBEDDED_STORES: stores } = given;
  const values = { ...given };
  const notices: string[] = [];
  const current = seconds.replace(/(^|,)\s*wordpress\s*=/g, '$1application=');
  if (current !== seconds) {
    values['SHOPYARD_STEP_SECONDS'] = current;
    notices.push('SHOPYARD_STEP_SECONDS: the step `wordpress` is called `application` now; its old name still works');
  }
  if (stores === 'wordpress') {
    values['SHOPYARD_EMBEDDED_STORES'] = 'real';
    notices.push('SHOPYARD_EMBEDDED_STORES: `wordpress` is called `real` now; the old name still works');
  }
  return { values, notices };
}

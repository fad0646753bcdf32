/** Redacts possible secrets in values and manifests; everything else stays as written. */
import { isMap, isScalar, parseAllDocuments, visit, type YAMLMap } from 'yaml';

/** Stands for a value that nobody is shown. */
export const HIDDEN = '[redacted]';
/** Not `existingSecret`: the name of a Secret is none. */
const SECRET_NAME =
  /pass(word|wd)?$|(?<!existing[-_]?)secret$|token$|salt$|(auth|api|access|private|logged_in|nonce)[-_]?key$/i;

/** Whether the value of this name may be a secret. */
export const isSecretName = (name: string): boolean => SECRET_NAME.test(name);

export function redactYaml(text: string): string {
  const documents = parseAllDocuments(text);
  if (!Array.isArray(documents)) return '';
  for (const document of documents) {
    const secret = document.get('kind') === 'Secret';
    visit(document, {
      Pair(_key, pair) {
        const name = isScalar(pair.key) ? String(pair.key.value) : '';
        if (secret && (name === 'data' || name === 'stringData') && isMap(pair.value)) hideAll(pair.value);
        else if (isSecretName(name) && isScalar(pair.value) && pair.value.value) pair.value.value = HIDDEN;
      },
      // An environment variable: {name: X, value: y}.
      Map(_key, map) {
        const name = map.get('name');
        if (typeof name === 'string' && isSecretName(name) && map.has('value')) map.set('value', HIDDEN);
      },
    });
  }
  return documents.map(String).join('');
}

function hideAll(map: YAMLMap): void {
  for (const { key } of map.items) map.set(key, HIDDEN);
}

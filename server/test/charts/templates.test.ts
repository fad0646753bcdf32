/** Rules for values in the charts' templates, checked on their source. */
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryDir } from '@shopyard/testkit';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { unquotedSinks } from '../support/template-sinks.ts';

const CHARTS = fileURLToPath(new URL('../../../charts', import.meta.url));
const charts = ['woocommerce', 'medusa', 'platform'];

test.each(charts)('every template of the %s chart quotes the values that it writes', (chart) => {
  expect(unquotedSinks(join(CHARTS, chart))).toEqual([]);
});

test('the search finds unquoted values, also through variables and includes', () => {
  using dir = temporaryDir();
  mkdirSync(join(dir.path, 'templates'));
  const write = (name: string, text: string): void => writeFileSync(join(dir.path, 'templates', name), text);
  write(
    '_helpers.tpl',
    '{{- define "safe" -}}\na: {{ .a | quote }}\n{{- end }}\n{{- define "raw" -}}\n{{ .b }}\n{{- end }}',
  );
  write('a.yaml', `
{{- $labels := include "safe" . }}{{- $raw := .Values.c }}{{- if .Values.d }}{{ end }}{{/* {{ .x }} */}}
fine: [{{ .a | quote }}, {{ toJson .b }}, {{ .c | toYaml | nindent 4 }}, {{ include "raw" . | quote }}, {{ .n | int }}]
labels: {{ $labels | nindent 2 }}
labels: {{- include "safe" . | nindent 2 }}
bad: {{ .Values.a }}
bad: {{ $raw }}
bad: {{- include "raw" . | nindent 2 }}
bad: {{ .Values.b | quote | lower }}
bad: {{ .Values.x | squote }}
bad: {{ printf "%s|quote" .Values.e }}
bad: {{ include "missing" . }}
bad: a-{{ .Values.f | quote }}
bad: {{ .Values.g | quote }}-a
bad: x == {{ .Values.h | quote }}
`); // prettier-ignore
  expect(unquotedSinks(dir.path)).toEqual(
    [
      '.Values.a',
      '$raw',
      'include "raw" . | nindent 2',
      '.Values.b | quote | lower',
      '.Values.x | squote',
      'printf "%s|quote" .Values.e',
      'include "missing" .',
      '.Values.f | quote',
      '.Values.g | quote',
      '.Values.h | quote',
    ].map((sink) => `a.yaml: ${sink}`),
  );
});

/** Functions that make `helm template` differ from `helm upgrade`, or that run text as a template. */
const UNSTEADY =
  /\b(lookup|tpl|now|env|expandenv|getHostByName|rand\w+|uuidv4|gen\w+|shuffle)\b|\.Capabilities|\.Release\.Is/;

/** Charts whose templates end up in a store. */
const ENGINES = ['woocommerce', 'medusa'];
const STORE_CHARTS = [...ENGINES, 'common'];
const templates = STORE_CHARTS.flatMap((chart) => {
  const dir = join(CHARTS, chart, 'templates');
  return readdirSync(dir).map((name) => ({ name: `${chart}/${name}`, text: readFileSync(join(dir, name), 'utf8') }));
});

test("a store's templates render deterministically, so that the checked objects are the applied ones", () => {
  const unsteady = templates.flatMap(({ text }) =>
    [...text.matchAll(/\{\{(.*?)\}\}/gs)]
      .map(([action]) => action.replaceAll(/"[^"]*"|\/\*.*?\*\//gs, ''))
      .filter((action) => UNSTEADY.test(action)),
  );
  expect(unsteady).toEqual([]);
});

test.each(ENGINES)('the %s chart has no hooks or CRDs, and no subchart but the library', (chart) => {
  expect(existsSync(join(CHARTS, chart, 'crds'))).toBe(false);
  expect(readdirSync(join(CHARTS, chart, 'charts'))).toEqual(['common']);
  expect(realpathSync(join(CHARTS, chart, 'charts/common'))).toBe(realpathSync(join(CHARTS, 'common')));
  const metadata = parse(readFileSync(join(CHARTS, chart, 'Chart.yaml'), 'utf8')) as object;
  expect(metadata).toMatchObject({ dependencies: [{ name: 'common' }] });
  for (const { name, text } of templates) expect(text, name).not.toContain('helm.sh/hook');
});

test('the library has no CRDs and no subcharts', () => {
  expect(readFileSync(join(CHARTS, 'common/Chart.yaml'), 'utf8')).toContain('type: library');
  for (const folder of ['crds', 'charts']) expect(existsSync(join(CHARTS, 'common', folder))).toBe(false);
});

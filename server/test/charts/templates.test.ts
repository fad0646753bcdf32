/** Rules for values in the charts' templates, checked on their source. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryDir } from '@shopyard/testkit';
import { expect, test } from 'vitest';
import { unquotedSinks } from '../support/template-sinks.ts';

const CHARTS = fileURLToPath(new URL('../../../charts', import.meta.url));
const charts = ['woocommerce', 'platform'];

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

test('the woocommerce chart renders deterministically, so that the checked objects are the applied ones', () => {
  const dir = join(CHARTS, 'woocommerce/templates');
  const unsteady = readdirSync(dir).flatMap((name) =>
    [...readFileSync(join(dir, name), 'utf8').matchAll(/\{\{(.*?)\}\}/gs)]
      .map(([action]) => action.replaceAll(/"[^"]*"|\/\*.*?\*\//gs, ''))
      .filter((action) => UNSTEADY.test(action)),
  );
  expect(unsteady).toEqual([]);
});

test('the woocommerce chart has no hooks, CRDs or subcharts', () => {
  const dir = join(CHARTS, 'woocommerce');
  expect(['crds', 'charts'].filter((name) => existsSync(join(dir, name)))).toEqual([]);
  expect(readFileSync(join(dir, 'Chart.yaml'), 'utf8')).not.toContain('dependencies');
  for (const name of readdirSync(join(dir, 'templates')))
    expect(readFileSync(join(dir, 'templates', name), 'utf8'), name).not.toContain('helm.sh/hook');
});

{{/* Labels of every object. Call with (dict "root" $ "component" NAME). */}}
{{- define "common.labels" -}}
{{ include "common.podLabels" . }}
app.kubernetes.io/managed-by: {{ .root.Release.Service | quote }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" | quote }}
{{- end }}

{{/* Labels of pods and claims: those that stay the same from one chart version to the next. */}}
{{- define "common.podLabels" -}}
{{ include "common.selectorLabels" . }}
{{- with .root.Values.store.id }}
shopyard.dev/store-id: {{ . | quote }}
{{- end }}
{{- end }}

{{/* `store` is fixed, whatever the chart's name: selectors can't change once a store exists. */}}
{{- define "common.selectorLabels" -}}
app.kubernetes.io/name: store
app.kubernetes.io/instance: {{ .root.Release.Name | quote }}
app.kubernetes.io/component: {{ .component | quote }}
{{- end }}

{{- define "platform.labels" -}}
{{ include "platform.selectorLabels" . }}
app.kubernetes.io/managed-by: {{ .Release.Service | quote }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | quote }}
{{- end }}

{{- define "platform.selectorLabels" -}}
app.kubernetes.io/name: shopyard
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}

{{- define "platform.image" -}}
{{- with .Values.image -}}
{{ .repository }}{{ if .digest }}@{{ .digest }}{{ else }}:{{ .tag }}{{ end }}
{{- end -}}
{{- end }}

{{/* Cluster-wide names carry the namespace, so that two installations don't meet. */}}
{{- define "platform.clusterName" -}}
{{ printf "%s-%s" .Release.Namespace .Release.Name }}
{{- end }}

{{/* ClusterRole that Shopyard binds in each store's namespace. */}}
{{- define "platform.storeRole" -}}
{{ include "platform.clusterName" . }}-store
{{- end }}

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

{{/* Secret with the code that creates the first account. */}}
{{- define "platform.setUpSecret" -}}
{{ .Values.auth.setUpSecretName | default (printf "%s-set-up" .Release.Name) }}
{{- end }}

{{/* Shopyard's file about the identity provider. */}}
{{- define "platform.oidcConfig" -}}
{{ merge (ternary (dict "clientSecretFile" "client-secret") dict (ne .Values.auth.oidc.secretName "")) .Values.auth.oidc.config | toJson }}
{{- end }}

{{/* What the dashboard's address is for browsers. Empty: as they reach it by a port-forward. */}}
{{- define "platform.url" -}}
{{ .Values.auth.url | default (ternary (printf "https://%s" .Values.ingress.host) "" (ne .Values.ingress.host "")) }}
{{- end }}

{{/*
Ranges in which API servers usually are, and the addresses that this cluster's has at the time of the install: the
default of networkPolicy.apiServerCidrs.
*/}}
{{- define "platform.apiServerCidrs" -}}
{{- $cidrs := .Values.networkPolicy.apiServerCidrs -}}
{{- if not $cidrs -}}
{{- $cidrs = list "10.0.0.0/8" "172.16.0.0/12" "192.168.0.0/16" "100.64.0.0/10" "fc00::/7" -}}
{{- range (lookup "discovery.k8s.io/v1" "EndpointSlice" "default" "").items -}}
{{- if eq (index (.metadata.labels | default dict) "kubernetes.io/service-name" | default "") "kubernetes" -}}
{{- range .endpoints }}{{ range .addresses }}{{ $cidrs = append $cidrs (printf "%s/%s" . (ternary "128" "32" (contains ":" .))) }}{{ end }}{{ end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{ $cidrs | uniq | toJson }}
{{- end }}

{{/* ClusterRole that Shopyard binds in each store's namespace. */}}
{{- define "platform.storeRole" -}}
{{ include "platform.clusterName" . }}-store
{{- end }}

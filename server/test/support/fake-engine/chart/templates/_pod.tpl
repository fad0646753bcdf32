{{/* Call with (dict "root" $ "component" "front"). */}}
{{- define "teashop.labels" -}}
app.kubernetes.io/instance: {{ .root.Release.Name | quote }}
app.kubernetes.io/component: {{ .component | quote }}
shopyard.dev/store-id: {{ .root.Values.store.id | quote }}
{{- end }}

{{- define "teashop.security" -}}
allowPrivilegeEscalation: false
capabilities: { drop: [ALL] }
runAsNonRoot: true
runAsUser: 10001
seccompProfile: { type: RuntimeDefault }
{{- end }}

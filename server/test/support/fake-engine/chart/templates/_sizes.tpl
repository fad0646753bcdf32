{{- define "store.sizes" -}}
{}
{{- end }}

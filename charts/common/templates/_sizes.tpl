{{/* The chosen size in the chart's files/sizes.yaml, as YAML. */}}
{{- define "common.size" -}}
{{- index (.Files.Get "files/sizes.yaml" | fromYaml) .Values.size | toYaml -}}
{{- end }}

{{/* Resources of a component. Call with (dict "root" $ "component" NAME). */}}
{{- define "common.resources" -}}
{{- $size := include "common.size" .root | fromYaml -}}
{{- mustMergeOverwrite (index $size.components .component) (index .root.Values .component).resources | toYaml -}}
{{- end }}

{{/* Storage that the values ask for. Call with (dict "root" $ "component" NAME). */}}
{{- define "common.storageSize" -}}
{{- $size := include "common.size" .root | fromYaml -}}
{{- default (index $size.storage .component) (index .root.Values .component).storage.size -}}
{{- end }}

{{/* Size and class of a component's volume, as YAML: those of the existing one, or else those that the values ask for. */}}
{{- define "common.volume" -}}
{{- $existing := index .root.Values.volumes .component -}}
{{- if $existing.size }}{{ $existing | toYaml }}{{ else -}}
{{- dict "size" (include "common.storageSize" .) "className" (index .root.Values .component).storage.className | toYaml -}}
{{- end }}
{{- end }}

{{/* Storage that the quota admits: the size's, and never less than what exists. */}}
{{- define "common.storageQuota" -}}
{{- $size := include "common.size" . | fromYaml -}}
{{- max (trimSuffix "Gi" (index $size.quota "requests.storage") | int) (.Values.volumes.totalGi | int) -}}Gi
{{- end }}

{{/* What each size means. Memory limits follow what was measured: PHP peaks at 83 MiB a request, MariaDB idles at 150 MiB. */}}
{{- define "store.sizes" -}}
small:
  wordpress: { requests: { cpu: 100m, memory: 256Mi }, limits: { memory: 768Mi } }
  mariadb: { requests: { cpu: 50m, memory: 192Mi }, limits: { memory: 512Mi } }
  workers: 8
  storage: { wordpress: 2Gi, mariadb: 2Gi }
  quota: { requests.cpu: "1", requests.memory: 2Gi, limits.memory: 4Gi, requests.storage: 6Gi }
medium:
  wordpress: { requests: { cpu: 250m, memory: 512Mi }, limits: { memory: 1536Mi } }
  mariadb: { requests: { cpu: 100m, memory: 384Mi }, limits: { memory: 1Gi } }
  workers: 16
  storage: { wordpress: 10Gi, mariadb: 10Gi }
  quota: { requests.cpu: "2", requests.memory: 4Gi, limits.memory: 8Gi, requests.storage: 30Gi }
large:
  wordpress: { requests: { cpu: "1", memory: 1Gi }, limits: { memory: 4Gi } }
  mariadb: { requests: { cpu: 500m, memory: 1Gi }, limits: { memory: 3Gi } }
  workers: 40
  storage: { wordpress: 50Gi, mariadb: 50Gi }
  quota: { requests.cpu: "4", requests.memory: 8Gi, limits.memory: 16Gi, requests.storage: 150Gi }
{{- end }}

{{/* The chosen size, as YAML. */}}
{{- define "store.size" -}}
{{- index (include "store.sizes" . | fromYaml) .Values.size | toYaml -}}
{{- end }}

{{/* Resources of a component. Call with (dict "root" $ "component" "wordpress"). */}}
{{- define "store.resources" -}}
{{- $size := include "store.size" .root | fromYaml -}}
{{- mustMergeOverwrite (index $size .component) (index .root.Values .component).resources | toYaml -}}
{{- end }}

{{/* Storage that the values ask for. Call with (dict "root" $ "component" "wordpress"). */}}
{{- define "store.storageSize" -}}
{{- $size := include "store.size" .root | fromYaml -}}
{{- default (index $size.storage .component) (index .root.Values .component).storage.size -}}
{{- end }}

{{/* What a volume is made with, as YAML: size and class of the one that exists, and else those that the values ask for. */}}
{{- define "store.volume" -}}
{{- $made := index .root.Values.volumes .component -}}
{{- if $made.size }}{{ $made | toYaml }}{{ else -}}
{{- dict "size" (include "store.storageSize" .) "className" (index .root.Values .component).storage.className | toYaml -}}
{{- end }}
{{- end }}

{{/* Storage that the quota admits: that of the size, and never less than what exists. */}}
{{- define "store.storageQuota" -}}
{{- $size := include "store.size" . | fromYaml -}}
{{- max (trimSuffix "Gi" (index $size.quota "requests.storage") | int) (.Values.volumes.totalGi | int) -}}Gi
{{- end }}

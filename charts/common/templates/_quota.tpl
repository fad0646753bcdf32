{{/* ResourceQuota and LimitRange of the namespace. */}}
{{- define "common.quota" -}}
{{- if .Values.quota.enabled }}
{{- $labels := include "common.labels" (dict "root" $ "component" "limits") }}
{{- $size := include "common.size" . | fromYaml }}
apiVersion: v1
kind: ResourceQuota
metadata:
  name: store
  labels: {{ $labels | nindent 4 }}
spec:
  # Room for tasks beside the workloads, and for the solver with which cert-manager proves a host: by default its Service has
  # the type NodePort.
  hard: {{ merge (dict) .Values.quota.hard (dict "requests.storage" (include "common.storageQuota" .)) $size.quota (dict "pods" "12" "persistentvolumeclaims" "4" "services.loadbalancers" "0" "services.nodeports" "2") | toYaml | nindent 4 }}
---
# A quota on memory refuses pods without requests and limits; these are their defaults.
apiVersion: v1
kind: LimitRange
metadata:
  name: store
  labels: {{ $labels | nindent 4 }}
spec:
  limits:
    - type: Container
      defaultRequest: { cpu: 10m, memory: 64Mi }
      default: { memory: 256Mi }
{{- end }}
{{- end }}

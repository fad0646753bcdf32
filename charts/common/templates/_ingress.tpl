{{/* Host of the store's address, with its port if there is one. */}}
{{- define "common.host" -}}
{{- regexReplaceAll "^https?://" .Values.store.url "" -}}
{{- end }}

{{/* The ingress to the Service of a component. Call with (dict "root" $ "component" NAME). */}}
{{- define "common.ingress" -}}
{{- with .root.Values.ingress }}
{{- if .enabled }}
{{- $host := .host | default (regexReplaceAll ":[0-9]+$" (include "common.host" $.root) "") }}
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: {{ $.component | toYaml }}
  labels: {{ include "common.labels" $ | nindent 4 }}
  {{- $annotations := .annotations }}
  {{- with .tls.clusterIssuer }}
  {{- $annotations = set (deepCopy $annotations) "cert-manager.io/cluster-issuer" . }}
  {{- end }}
  {{- with $annotations }}
  annotations: {{ toYaml . | nindent 4 }}
  {{- end }}
spec:
  {{- with .className }}
  ingressClassName: {{ . | quote }}
  {{- end }}
  {{- if .tls.enabled }}
  tls:
    - hosts: [{{ $host | quote }}]
      secretName: {{ .tls.secretName | quote }}
  {{- end }}
  rules:
    - host: {{ $host | quote }}
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service: { name: {{ $.component | toYaml }}, port: { name: http } }
{{- end }}
{{- end }}
{{- end }}

{{/* Image reference. Call with (dict "root" $ "image" .Values.COMPONENT.image). */}}
{{- define "common.image" -}}
{{- $name := print .root.Values.global.imageRegistry .image.repository -}}
{{- $pins := ternary (.root.Files.Get "pins.yaml" | fromYaml).images dict .root.Values.global.pinImages -}}
{{- with default (get $pins (printf "%s:%s" $name .image.tag)) .image.digest }}{{ $name }}@{{ . }}{{ else }}{{ $name }}:{{ .image.tag }}{{ end -}}
{{- end }}

{{/* Pod settings that all pods of a store share. Call with (dict "root" $ "uid" UID). */}}
{{- define "common.podSecurity" -}}
automountServiceAccountToken: false
enableServiceLinks: false
dnsConfig:
  options:
    # Networks lose packets: some agents of NetworkPolicies drop those that wait while pods come and go. By default a lost
    # query costs a shop 5 s, and after the second in a row it says that it has no database.
    - { name: timeout, value: "2" }
    - { name: attempts, value: "5" }
{{- with .root.Values.global.imagePullSecrets }}
imagePullSecrets: {{ toYaml . | nindent 2 }}
{{- end }}
securityContext:
  runAsNonRoot: true
  runAsUser: {{ .uid | int }}
  runAsGroup: {{ .uid | int }}
  fsGroup: {{ .uid | int }}
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile: { type: RuntimeDefault }
  {{- if .bindsPort80 }}
  sysctls:
    - { name: net.ipv4.ip_unprivileged_port_start, value: "0" }
  {{- end }}
{{- end }}

{{- define "common.containerSecurity" -}}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: { drop: [ALL] }
{{- end }}

{{/* Text that reaches the container unchanged: the kubelet expands $(NAME), for example to the database's password. */}}
{{- define "common.literal" -}}
{{ . | replace "$" "$$" }}
{{- end }}

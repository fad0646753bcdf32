{{/* Names are fixed (`wordpress`, `mariadb`): a store has its namespace to itself. */}}

{{/* Labels of every object. Call with (dict "root" $ "component" "wordpress"). */}}
{{- define "store.labels" -}}
{{ include "store.podLabels" . }}
app.kubernetes.io/managed-by: {{ .root.Release.Service | quote }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" | quote }}
{{- end }}

{{/* Labels of pods and claims: those that don't change from one chart version to the next. */}}
{{- define "store.podLabels" -}}
{{ include "store.selectorLabels" . }}
{{- with .root.Values.store.id }}
shopyard.dev/store-id: {{ . | quote }}
{{- end }}
{{- end }}

{{- define "store.selectorLabels" -}}
app.kubernetes.io/name: store
app.kubernetes.io/instance: {{ .root.Release.Name | quote }}
app.kubernetes.io/component: {{ .component | quote }}
{{- end }}

{{/* Image reference. Call with (dict "root" $ "image" .Values.wordpress.image). */}}
{{- define "store.image" -}}
{{- $name := print .root.Values.global.imageRegistry .image.repository -}}
{{- $pins := ternary (.root.Files.Get "pins.yaml" | fromYaml).images dict .root.Values.global.pinImages -}}
{{- with default (get $pins (printf "%s:%s" $name .image.tag)) .image.digest }}{{ $name }}@{{ . }}{{ else }}{{ $name }}:{{ .image.tag }}{{ end -}}
{{- end }}

{{/* SHA-256 of WooCommerce's zip: the store's own value, or that of the chart's own address; empty where neither is known. */}}
{{- define "store.woocommerceSha256" -}}
{{- $pins := (.Files.Get "pins.yaml" | fromYaml).woocommerce -}}
{{- with .Values.woocommerce }}{{ if or .sha256 .path }}{{ .sha256 }}{{ else }}{{ get $pins .url }}{{ end }}{{ end -}}
{{- end }}

{{- define "store.host" -}}
{{- regexReplaceAll "^https?://" .Values.store.url "" -}}
{{- end }}

{{/* Changes when what the setup does changes; WordPress waits for the setup of the same inputs. */}}
{{- define "store.setupHash" -}}
{{- $inputs := list (.Files.Glob "files/setup*").AsConfig (.Files.Get "files/copy-core.sh") .Values.store .Values.woocommerce .Values.wordpress.image -}}
{{- $inputs | toJson | sha256sum | trunc 12 -}}
{{- end }}

{{/* Changes when what is mounted into WordPress one file at a time changes: such a file is never updated in place. */}}
{{- define "store.hardeningHash" -}}
{{- list (.Files.Get "files/hardening.php") (.Files.Get "files/hardening.conf") (.Files.Get "files/hardening.ini") (.Files.Get "files/prepend.php") (.Files.Get "files/mail.php") .Values.wordpress.php | toJson | sha256sum | trunc 12 -}}
{{- end }}

{{/* Environment that WordPress and its setup share. */}}
{{- define "store.wordpressEnv" -}}
- { name: WORDPRESS_DB_HOST, value: mariadb }
- { name: WORDPRESS_DB_NAME, value: wordpress }
- { name: WORDPRESS_DB_USER, value: wordpress }
- name: WORDPRESS_DB_PASSWORD
  valueFrom: { secretKeyRef: { name: {{ .Values.credentials.existingSecret | quote }}, key: mariadb-password } }
{{- range list "AUTH_KEY" "SECURE_AUTH_KEY" "LOGGED_IN_KEY" "NONCE_KEY" "AUTH_SALT" "SECURE_AUTH_SALT" "LOGGED_IN_SALT" "NONCE_SALT" }}
- name: {{ print "WORDPRESS_" . | quote }}
  valueFrom: { secretKeyRef: { name: {{ $.Values.credentials.existingSecret | quote }}, key: {{ . | lower | replace "_" "-" | quote }} } }
{{- end }}
- name: WORDPRESS_CONFIG_EXTRA
  value: {{ include "store.configExtra" . | quote }}
{{- end }}

{{/* PHP that WordPress's configuration takes in. */}}
{{- define "store.configExtra" -}}
define('WP_HOME', {{ include "store.phpString" .Values.store.url }});
define('WP_SITEURL', {{ include "store.phpString" .Values.store.url }});
define('FORCE_SSL_ADMIN', {{ hasPrefix "https://" .Values.store.url }});
define('DISABLE_WP_CRON', true);
define('AUTOMATIC_UPDATER_DISABLED', true);
define('DISALLOW_FILE_EDIT', true);
{{- end }}

{{/* PHP that has WordPress run its due tasks. */}}
{{- define "store.cronScript" -}}
$headers = ['Host: ' . {{ include "store.phpString" (include "store.host" .) }}];
{{- if hasPrefix "https://" .Values.store.url }}
$headers[] = 'X-Forwarded-Proto: https';
{{- end }}
$context = stream_context_create(['http' => ['header' => $headers, 'timeout' => 200]]);
exit(@file_get_contents('http://wordpress/wp-cron.php?doing_wp_cron', false, $context) === false ? 1 : 0);
{{- end }}

{{/* A text that a container gets as it is: the kubelet takes $(NAME) for a variable, such as the database's password. */}}
{{- define "store.literal" -}}
{{ . | replace "$" "$$" }}
{{- end }}

{{/* A text as PHP writes it, whatever is in it; for a container's environment or command. */}}
{{- define "store.phpString" -}}
'{{ include "store.literal" . | replace "\\" "\\\\" | replace "'" "\\'" }}'
{{- end }}

{{/* Pod settings that all pods of a store share. Call with (dict "root" $ "uid" 33). */}}
{{- define "store.podSecurity" -}}
automountServiceAccountToken: false
enableServiceLinks: false
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

{{- define "store.containerSecurity" -}}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: { drop: [ALL] }
{{- end }}

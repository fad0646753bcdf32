{{/* Names are fixed (`wordpress`, `mariadb`): a store has its namespace to itself. */}}

{{/* SHA-256 of WooCommerce's zip: the store's own value, or the pin of the chart's default address; empty if neither is known. */}}
{{- define "woocommerce.woocommerceSha256" -}}
{{- $pins := (.Files.Get "pins.yaml" | fromYaml).woocommerce -}}
{{- with .Values.woocommerce }}{{ if or .sha256 .path }}{{ .sha256 }}{{ else }}{{ get $pins .url }}{{ end }}{{ end -}}
{{- end }}

{{/* Changes with anything that affects the setup; WordPress waits for a setup with the same inputs. */}}
{{- define "woocommerce.setupHash" -}}
{{- $inputs := list (.Files.Glob "files/setup*").AsConfig (.Files.Get "files/copy-core.sh") .Values.store .Values.woocommerce .Values.wordpress.image -}}
{{- $inputs | toJson | sha256sum | trunc 12 -}}
{{- end }}

{{/* Changes with the files that WordPress mounts one by one, because the kubelet never updates those in place. */}}
{{- define "woocommerce.hardeningHash" -}}
{{- list (.Files.Get "files/hardening.php") (.Files.Get "files/hardening.conf") (.Files.Get "files/hardening.ini") (.Files.Get "files/prepend.php") (.Files.Get "files/mail.php") (.Files.Get "files/sign-in.php") .Values.wordpress.php | toJson | sha256sum | trunc 12 -}}
{{- end }}

{{/* Environment that WordPress and its setup share. */}}
{{- define "woocommerce.wordpressEnv" -}}
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
  value: {{ include "woocommerce.configExtra" . | quote }}
{{- end }}

{{/* PHP that WordPress's configuration includes. */}}
{{- define "woocommerce.configExtra" -}}
define('WP_HOME', {{ include "woocommerce.phpString" .Values.store.url }});
define('WP_SITEURL', {{ include "woocommerce.phpString" .Values.store.url }});
define('FORCE_SSL_ADMIN', {{ hasPrefix "https://" .Values.store.url }});
define('DISABLE_WP_CRON', true);
define('AUTOMATIC_UPDATER_DISABLED', true);
define('DISALLOW_FILE_EDIT', true);
{{- end }}

{{/* PHP that makes WordPress run its due tasks. */}}
{{- define "woocommerce.cronScript" -}}
$headers = ['Host: ' . {{ include "woocommerce.phpString" (include "common.host" .) }}];
{{- if hasPrefix "https://" .Values.store.url }}
$headers[] = 'X-Forwarded-Proto: https';
{{- end }}
$context = stream_context_create(['http' => ['header' => $headers, 'timeout' => 200]]);
exit(@file_get_contents('http://wordpress/wp-cron.php?doing_wp_cron', false, $context) === false ? 1 : 0);
{{- end }}

{{/* Any text as a PHP string, for a container's environment or command. */}}
{{- define "woocommerce.phpString" -}}
'{{ include "common.literal" . | replace "\\" "\\\\" | replace "'" "\\'" }}'
{{- end }}


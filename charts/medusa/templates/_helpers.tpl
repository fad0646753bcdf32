{{/* Names are fixed (`medusa`, `postgres`): a store has its namespace to itself. */}}

{{/* Changes with anything that affects the setup; Medusa waits for a setup with the same inputs. */}}
{{- define "medusa.setupHash" -}}
{{- list .Values.store .Values.medusa.image | toJson | sha256sum | trunc 12 -}}
{{- end }}

{{/* Environment that Medusa and its setup share. */}}
{{- define "medusa.env" -}}
{{- $secret := .Values.credentials.existingSecret }}
- name: POSTGRES_PASSWORD
  valueFrom: { secretKeyRef: { name: {{ $secret | quote }}, key: postgres-password } }
# Otherwise Medusa insists on TLS, which a database in its own namespace doesn't speak.
- { name: DATABASE_URL, value: "postgres://medusa:$(POSTGRES_PASSWORD)@postgres:5432/medusa?sslmode=disable" }
- { name: STORE_URL, value: {{ include "common.literal" .Values.store.url | quote }} }
- { name: STORE_TITLE, value: {{ default .Release.Name (default .Values.store.name .Values.store.title) | include "common.literal" | quote }} }
- { name: STORE_CURRENCY, value: {{ include "common.literal" .Values.store.currency | quote }} }
- { name: STORE_COUNTRY, value: {{ include "common.literal" .Values.store.country | quote }} }
- { name: SETUP_HASH, value: {{ include "medusa.setupHash" . | quote }} }
{{- range list "JWT_SECRET" "COOKIE_SECRET" }}
- name: {{ . | quote }}
  valueFrom: { secretKeyRef: { name: {{ $secret | quote }}, key: {{ . | lower | replace "_" "-" | quote }} } }
{{- end }}
{{- end }}

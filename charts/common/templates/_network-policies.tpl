{{- define "common.networkLabels" -}}
{{ include "common.labels" (dict "root" . "component" "network") }}
{{- end }}

{{/* Policies that every store has: nothing in or out by default, and DNS. */}}
{{- define "common.basePolicies" -}}
# Closed in both directions, except for what the policies below allow.
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: deny-by-default
  labels: {{ include "common.networkLabels" . | nindent 4 }}
spec:
  podSelector: {}
  policyTypes: [Ingress, Egress]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: dns
  labels: {{ include "common.networkLabels" . | nindent 4 }}
spec:
  podSelector: {}
  policyTypes: [Egress]
  egress:
    # Only the cluster's own DNS: a name server elsewhere would be a way out.
    - to:
        - namespaceSelector:
            matchLabels: { kubernetes.io/metadata.name: {{ .Values.networkPolicy.dns.namespace | quote }} }
          podSelector:
            matchLabels: {{ .Values.networkPolicy.dns.podLabels | default (dict "k8s-app" "kube-dns") | toJson }}
        {{- range .Values.networkPolicy.dns.cidrs }}
        - ipBlock: { cidr: {{ . | quote }} }
        {{- end }}
      ports:
        {{- range .Values.networkPolicy.dns.ports }}
        - { port: {{ . | int }}, protocol: UDP }
        - { port: {{ . | int }}, protocol: TCP }
        {{- end }}
{{- end }}

{{/* Policy for cert-manager's solver. */}}
{{- define "common.acmePolicy" -}}
# The pod with which cert-manager answers a certificate authority (HTTP-01), through the ingress controller.
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: acme-solver
  labels: {{ include "common.networkLabels" . | nindent 4 }}
spec:
  podSelector:
    matchLabels: { acme.cert-manager.io/http01-solver: "true" }
  policyTypes: [Ingress]
  ingress:
    - from:
        {{- include "common.ingressController" . | nindent 8 }}
      ports:
        - { port: 8089, protocol: TCP }
{{- end }}

{{/* Peer: the ingress controller. */}}
{{- define "common.ingressController" -}}
- namespaceSelector:
    matchLabels: { kubernetes.io/metadata.name: {{ .Values.networkPolicy.ingressNamespace | quote }} }
{{- end }}

{{/* Peers: the public internet. */}}
{{- define "common.publicInternet" -}}
{{- /* Private, shared, link-local, reserved and documentation ranges: nodes, API servers, other pods, the LAN. The single addresses serve a cloud's credentials. */}}
{{- $closed4 := list "10.0.0.0/8" "172.16.0.0/12" "192.168.0.0/16" "100.64.0.0/10" "169.254.0.0/16" "127.0.0.0/8" "192.0.2.0/24" "198.18.0.0/15" "198.51.100.0/24" "203.0.113.0/24" "224.0.0.0/4" "240.0.0.0/4" "168.63.129.16/32" "192.0.0.192/32" }}
{{- /* Private, link-local, loopback, multicast and documentation ranges, and those that a gateway translates to IPv4. */}}
{{- $closed6 := list "fc00::/7" "fe80::/10" "::1/128" "ff00::/8" "2001:db8::/32" "64:ff9b::/96" "64:ff9b:1::/48" "2002::/16" }}
{{- range .Values.networkPolicy.clusterCidrs }}
{{- if contains ":" . }}{{ $closed6 = append $closed6 . }}{{ else }}{{ $closed4 = append $closed4 . }}{{ end }}
{{- end }}
- ipBlock: { cidr: 0.0.0.0/0, except: {{ $closed4 | uniq | toJson }} }
- ipBlock: { cidr: "::/0", except: {{ $closed6 | uniq | toJson }} }
{{- end }}

{{/* Rules for the operator's own destinations. */}}
{{- define "common.extraEgress" -}}
{{- range .Values.networkPolicy.extraEgress }}
- to:
    - ipBlock: { cidr: {{ .cidr | quote }} }
  {{- with .ports }}
  ports:
    {{- range . }}
    - { port: {{ .port | int }}, protocol: {{ .protocol | default "TCP" | quote }} }
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}

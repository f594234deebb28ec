{{- /* Where the coordinators find each other and workers find them: up to three of them, by names that survive a restart. */ -}}
{{- define "calciumsweep.seeds" -}}
{{- $full := include "calciumsweep.fullname" . -}}
{{- $seeds := list -}}
{{- range $i := until (int (min 3 (int .Values.coordinator.replicas))) -}}
{{- $seeds = append $seeds (printf "%s-coordinator-%d.%s-coordinator.%s.svc.%s:4053" $full $i $full $.Release.Namespace $.Values.clusterDomain) -}}
{{- end -}}
{{- join "," $seeds -}}
{{- end -}}

{{- /* Address of the store; the password is in a file. */ -}}
{{- define "calciumsweep.store" -}}
{{- $d := .Values.database -}}
{{- $host := required "database.host is wanted: the PostgreSQL server that keeps campaigns and results (docs/kubernetes.md)" $d.host -}}
{{- printf "postgresql://%s@%s:%d/%s?sslmode=%s" $d.user $host (int $d.port) $d.name $d.sslMode -}}
{{- if $d.caKey -}}&sslrootcert=/etc/calciumsweep/database/ca.crt{{- end -}}
{{- if ne $d.schema "calciumsweep" -}}&schema={{ $d.schema }}{{- end -}}
{{- if eq $d.sslMode "disable" -}}&plaintext=allowed{{- end -}}
{{- end -}}

{{- define "calciumsweep.databaseVolume" -}}
- name: database
  secret:
    secretName: {{ .Values.database.existingSecret }}
    defaultMode: 0440
    items:
      - { key: {{ .Values.database.passwordKey }}, path: password }
      {{- with .Values.database.caKey }}
      - { key: {{ . }}, path: ca.crt }
      {{- end }}
{{- end -}}

{{- define "calciumsweep.tokenVolume" -}}
- name: token
  secret:
    secretName: {{ .Values.auth.existingSecret }}
    defaultMode: 0440
    items:
      - { key: {{ .Values.auth.tokenKey }}, path: token }
      {{- if and .Values.auth.namedTokensKey (not .onlyOperator) }}
      - { key: {{ .Values.auth.namedTokensKey }}, path: tokens }
      {{- end }}
{{- end -}}

{{- /* The provider whose users may sign in, as the coordinators are told; wants auth.oidc. */ -}}
{{- define "calciumsweep.oidcEnv" -}}
- { name: CALCIUMSWEEP_OIDC_AUTHORITY, value: {{ .authority | quote }} }
- { name: CALCIUMSWEEP_OIDC_CLIENT, value: {{ .client | quote }} }
- { name: CALCIUMSWEEP_OIDC_ROLE_CLAIM, value: {{ .roleClaim | quote }} }
- { name: CALCIUMSWEEP_OIDC_OPERATORS, value: {{ join "," .operators | quote }} }
- { name: CALCIUMSWEEP_OIDC_VIEWERS, value: {{ join "," .viewers | quote }} }
- { name: CALCIUMSWEEP_OIDC_SCOPES, value: {{ join "," .scopes | quote }} }
{{- with .audience }}
- { name: CALCIUMSWEEP_OIDC_AUDIENCE, value: {{ . | quote }} }
{{- end }}
{{- if .existingSecret }}
- { name: CALCIUMSWEEP_OIDC_SECRET_FILE, value: /etc/calciumsweep/oidc/secret }
{{- end }}
{{- end -}}

{{- /* Environment of a member of the cluster: coordinator or worker. Wants root, component, settings. */ -}}
{{- define "calciumsweep.nodeEnv" -}}
- name: CALCIUMSWEEP_HOST
  valueFrom: { fieldRef: { fieldPath: status.podIP } }
{{- end -}}

{{- define "calciumsweep.nodeMounts" -}}
- { name: data, mountPath: /data }
- { name: tmp, mountPath: /tmp }
- { name: database, mountPath: /etc/calciumsweep/database, readOnly: true }
- { name: tls, mountPath: /etc/calciumsweep/tls, readOnly: true }
{{- end -}}

{{- define "calciumsweep.nodeVolumes" -}}
- name: tmp
  emptyDir: { sizeLimit: 256Mi }
{{ include "calciumsweep.databaseVolume" .root }}
- name: tls
  secret:
    secretName: {{ include "calciumsweep.tlsSecret" .root }}
    defaultMode: 0440
{{- end -}}

{{- /* What all pods of the release have in common. */ -}}
{{- define "calciumsweep.podSecurity" -}}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  {{- with .Values.podSecurityContext }}
  {{- range $key := list "runAsUser" "runAsGroup" "fsGroup" }}
  {{- with index $.Values.podSecurityContext $key }}
  {{ $key }}: {{ int64 . }}
  {{- end }}
  {{- end }}
  {{- end }}
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile: { type: RuntimeDefault }
{{- with .Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{- define "calciumsweep.containerSecurity" -}}
image: {{ include "calciumsweep.image" . }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: { drop: [ALL] }
{{- end -}}

{{- /* Where pods of a component go; wants root, component, settings. */ -}}
{{- define "calciumsweep.placement" -}}
{{- with .settings.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with .settings.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .settings.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .settings.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
topologySpreadConstraints:
  {{- if .settings.topologySpreadConstraints }}
  {{- toYaml .settings.topologySpreadConstraints | nindent 2 }}
  {{- else }}
  {{- range $key := list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
  - maxSkew: 1
    topologyKey: {{ $key }}
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels:
        {{- include "calciumsweep.selector" $ | nindent 8 }}
  {{- end }}
  {{- end }}
{{- end -}}

{{- /* Head of a pod of a component. */ -}}
{{- define "calciumsweep.podMetadata" -}}
labels:
  {{- include "calciumsweep.selector" . | nindent 2 }}
  {{- with .root.Values.commonLabels }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
  {{- with .settings.podLabels }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- $annotations := merge (dict) .settings.podAnnotations .root.Values.commonAnnotations (.annotations | default dict) }}
{{- with $annotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{- /*
Liveness never asks the store. Startup is patient, half an hour: who waits for its database or its cluster is not ill, and
nothing is gained by starting it again.
*/ -}}
{{- define "calciumsweep.probes" -}}
{{- if .Values.probes.enabled }}
startupProbe:
  httpGet: { path: /health/startup, port: http }
  periodSeconds: 5
  timeoutSeconds: 5
  failureThreshold: 360
livenessProbe:
  httpGet: { path: /health/live, port: http }
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 6
readinessProbe:
  httpGet: { path: /health/ready, port: http }
  periodSeconds: 5
  timeoutSeconds: 5
  failureThreshold: 3
{{- end }}
{{- end -}}

{{- /*
Before SIGTERM, which drains the node, whoever asks it has a moment to learn that it goes. Clusters before 1.30 do not know
this; the image has no shell that could sleep.
*/ -}}
{{- define "calciumsweep.preStop" -}}
{{- if and .settings.preStopSeconds (semverCompare ">=1.30.0-0" .root.Capabilities.KubeVersion.Version) }}
lifecycle:
  preStop:
    sleep: { seconds: {{ int .settings.preStopSeconds }} }
{{- end }}
{{- end -}}

{{- /* Environment, mounts and volumes that a user adds. */ -}}
{{- define "calciumsweep.extraEnv" -}}
{{- with .settings.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end -}}
{{- define "calciumsweep.extraEnvFrom" -}}
{{- with .settings.extraEnvFrom }}
{{ toYaml . }}
{{- end }}
{{- end -}}

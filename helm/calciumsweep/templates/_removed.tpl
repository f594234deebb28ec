{{- /* Keys that were given up, with what to write instead. The schema lets them pass, so that this message is seen. */ -}}
{{- define "calciumsweep.removed" -}}
{{- $removed := dict
  "token" "tokens are read from a Secret that exists: auth.existingSecret"
  "workers" "write worker.replicas and worker.threads"
  "postgresql" "no database is bundled: name one with database.host (k8s/examples/postgresql has one to try)"
  "password" "passwords are read from a Secret that exists: database.existingSecret"
  "autoscaling" "write worker.autoscaling.by: hpa or keda"
-}}
{{- range $key, $instead := $removed -}}
{{- if hasKey $.Values $key -}}
{{- fail (printf "the value %s was removed: %s" $key $instead) -}}
{{- end -}}
{{- end -}}
{{- end -}}

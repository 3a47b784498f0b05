{{/* Name of every object: the release's, unless that does not say what it is. */}}
{{- define "mysql-mmm.name" -}}
{{- if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{/* Name of an object outside of any namespace. */}}
{{- define "mysql-mmm.clusterName" -}}
{{- printf "%s:%s" .Release.Namespace (include "mysql-mmm.name" .) -}}
{{- end -}}

{{- define "mysql-mmm.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: operator
{{- end -}}

{{- define "mysql-mmm.labels" -}}
{{ include "mysql-mmm.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end -}}

{{/* A reference from {image: values of one image, root: the root context}. */}}
{{- define "mysql-mmm.image" -}}
{{- printf "%s:%s" .image.repository (default .root.Chart.AppVersion .image.tag) -}}
{{- end -}}

{{/* The operator as the subject of a binding. */}}
{{- define "mysql-mmm.subject" -}}
subjects:
  - kind: ServiceAccount
    name: {{ include "mysql-mmm.name" . }}
    namespace: {{ .Release.Namespace }}
{{- end -}}

{{/* Different nodes for the operators; in the second place nodes without database hosts. */}}
{{- define "mysql-mmm.affinity" -}}
podAntiAffinity:
  preferredDuringSchedulingIgnoredDuringExecution:
    - weight: 100
      podAffinityTerm:
        topologyKey: kubernetes.io/hostname
        labelSelector:
          matchLabels: {{- include "mysql-mmm.selector" . | nindent 12 }}
    - weight: 10
      podAffinityTerm:
        topologyKey: kubernetes.io/hostname
        namespaces: {{- toYaml .Values.watchNamespaces | nindent 10 }}
        labelSelector:
          matchExpressions: [{key: mysqlmmm.io/host, operator: Exists}]
{{- end }}

# Builds the programs: Kubernetes (one program under seven names) and Helm, both as Go modules of a fixed version.
# shellcheck shell=bash

build_tools() {
  require_go
  local compiler inputs
  compiler=$(go env GOVERSION GOARCH | xargs)
  inputs="$kubernetes_version $compiler $(cat "$here"/kube/{main.go,go.mod,go.sum})"
  refresh "$programs/kube" "$inputs" "building Kubernetes ${kubernetes_version#v} (first time: about 6 minutes)" \
    "$build_logs/kubernetes.log" compile_kubernetes
  refresh "$bin/helm" "$helm_version $compiler" "building Helm ${helm_version#v} (first time: about 2 minutes)" \
    "$build_logs/helm.log" compile_helm
  ln -sfn "$programs/kube" "$bin/kubectl"
}

compile_kubernetes() {
  local component=k8s.io/component-base/version client=k8s.io/client-go/pkg/version minor name
  minor=${kubernetes_version#v1.}
  minor=${minor%%.*}
  cd "$here/kube"
  # Without a version in it, kubectl cannot parse what the API server answers.
  CGO_ENABLED=0 nice -n 5 go build -trimpath -o "$programs/kube.new" -ldflags "-s -w \
    -X $component.gitVersion=$kubernetes_version -X $component.gitMajor=1 -X $component.gitMinor=$minor \
    -X $client.gitVersion=$kubernetes_version" .
  mv "$programs/kube.new" "$programs/kube" # a running program keeps its old file
  for name in etcd kube-apiserver kube-controller-manager kube-scheduler kubelet kube-proxy kubectl; do
    ln -sfn kube "$programs/$name"
  done
}

compile_helm() {
  GOBIN=$bin CGO_ENABLED=0 nice -n 5 go install -trimpath -ldflags "-s -w -X helm.sh/helm/v4/internal/version.version=$helm_version" \
    "helm.sh/helm/v4/cmd/helm@$helm_version"
}

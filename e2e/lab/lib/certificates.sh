# The cluster's certificates and the kubeconfig of each component.
# shellcheck shell=bash

make_certificates() {
  local n
  mkdir -p "$pki"
  chmod 700 "$pki"
  make_key ca
  openssl req -x509 -new -key "$pki/ca.key" -subj /CN=lab -days 365 -out "$pki/ca.crt"
  certificate apiserver /CN=kube-apiserver IP:10.77.0.1,IP:10.96.0.1,DNS:kubernetes.default.svc
  certificate admin /O=system:masters/CN=admin
  certificate controllers /CN=system:kube-controller-manager
  certificate scheduler /CN=system:kube-scheduler
  certificate proxy /CN=system:kube-proxy
  for n in $nodes; do
    certificate "node$n" "/O=system:nodes/CN=system:node:node$n" "IP:$(node_address "$n"),DNS:$(node_name "$n")"
  done
  openssl genrsa -out "$pki/sa.key" 2048
  openssl rsa -in "$pki/sa.key" -pubout -out "$pki/sa.pub"
}

make_key() { openssl ecparam -name prime256v1 -genkey -noout -out "$pki/$1.key"; }

# Usage: certificate NAME SUBJECT [ALTERNATIVE_NAMES]
certificate() {
  local name=$1 subject=$2 alternatives=${3:-}
  make_key "$name"
  openssl req -new -key "$pki/$name.key" -subj "$subject" -out "$pki/$name.csr"
  {
    echo extendedKeyUsage=serverAuth,clientAuth
    [ -z "$alternatives" ] || echo "subjectAltName=$alternatives"
  } >"$pki/$name.ext"
  openssl x509 -req -in "$pki/$name.csr" -CA "$pki/ca.crt" -CAkey "$pki/ca.key" -CAcreateserial -days 365 \
    -extfile "$pki/$name.ext" -out "$pki/$name.crt"
  rm "$pki/$name.csr" "$pki/$name.ext"
  cat >"$pki/$name.kubeconfig" <<YAML
apiVersion: v1
kind: Config
clusters: [{name: lab, cluster: {server: "$api_server", certificate-authority: "$pki/ca.crt"}}]
users: [{name: $name, user: {client-certificate: "$pki/$name.crt", client-key: "$pki/$name.key"}}]
contexts: [{name: lab, context: {cluster: lab, user: $name}}]
current-context: lab
YAML
}

# The nodes: in each, a real containerd, kubelet and kube-proxy, with a network, a host name, /var, /run and /tmp of its own.
# What a pod puts in a host path below /var/lib is thus the node's own, and goes when the lab goes.
# shellcheck shell=bash

node_socket() { echo "$(node_dir "$1")/run/containerd/containerd.sock"; }
node_ctr() { ctr -a "$(node_socket "$1")" -n k8s.io "${@:2}"; }

# Usage: enter_node NUMBER; sets `entry` to the words before a command that make it run on the node.
enter_node() {
  entry=(nsenter "--net=/run/netns/$(node_name "$1")" "--mount=$live/ns/mount$1" "--uts=$live/ns/uts$1" --wd=/)
}

make_namespaces() {
  local n dir entry=()
  mkdir -p "$live/ns"
  mountpoint -q "$live/ns" || mount -t tmpfs -o size=1m,mode=700 lab "$live/ns"
  mount --make-private "$live/ns" # or a mount namespace cannot be kept in it
  for n in $nodes; do
    touch "$live/ns/mount$n" "$live/ns/uts$n"
    unshare "--mount=$live/ns/mount$n" "--uts=$live/ns/uts$n" --propagation private hostname "$(node_name "$n")"
    enter_node "$n"
    "${entry[@]}" mount --make-rshared / # what the kubelet expects of a node
    for dir in var/lib var/log run tmp; do
      mkdir -p "$(node_dir "$n")/$dir"
      "${entry[@]}" mount --bind "$(node_dir "$n")/$dir" "/$dir"
    done
    chmod 1777 "$(node_dir "$n")/tmp"
  done
}

namespaces_are_whole() {
  local n entry=()
  for n in $nodes; do
    enter_node "$n"
    [ "$("${entry[@]}" hostname 2>/dev/null || true)" = "$(node_name "$n")" ] || return 1
  done
}

remove_namespaces() {
  local n
  for n in $nodes; do
    umount "$live/ns/mount$n" 2>/dev/null || true
    umount "$live/ns/uts$n" 2>/dev/null || true
  done
  ! mountpoint -q "$live/ns" || umount "$live/ns"
}

configure_node() {
  local n=$1 dir
  dir=$(node_dir "$n")
  mkdir -p "$dir/etc/cni" "$dir/loaded"
  # There is no name server in the lab. This one refuses at once, where one out of the nodes' reach would be waited for:
  # mysqld asks for the name of each client unless it is told not to.
  printf 'nameserver 127.0.0.1\noptions timeout:1 attempts:1\n' >"$dir/etc/resolv.conf"
  # restrict_oom_score_adj: without it runc may fail with "can't get final child's PID from pipe".
  cat >"$dir/etc/containerd.toml" <<TOML
version = 2
root = "/var/lib/containerd"
state = "/run/containerd"
[grpc]
  address = "/run/containerd/containerd.sock"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "$pause_image"
  restrict_oom_score_adj = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "$(cni_plugins)"
    conf_dir = "$dir/etc/cni"
[plugins."io.containerd.internal.v1.opt"]
  path = "/var/lib/containerd/opt"
TOML
  cat >"$dir/etc/cni/10-lab.conflist" <<JSON
{"cniVersion": "0.4.0", "name": "lab", "plugins": [
  {"type": "bridge", "bridge": "cni0", "isGateway": true,
   "ipam": {"type": "host-local", "ranges": [[{"subnet": "10.78.$n.0/24"}]], "routes": [{"dst": "0.0.0.0/0"}]}},
  {"type": "portmap", "capabilities": {"portMappings": true}}]}
JSON
  # A container that is killed again and again, as tests of faults do, is started again within seconds and not after
  # the usual five minutes.
  cat >"$dir/etc/kubelet.yaml" <<YAML
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
cgroupDriver: cgroupfs
cgroupRoot: /lab-node$n
failCgroupV1: false
failSwapOn: false
containerRuntimeEndpoint: unix:///run/containerd/containerd.sock
authentication: {anonymous: {enabled: false}, webhook: {enabled: true}, x509: {clientCAFile: "$pki/ca.crt"}}
authorization: {mode: Webhook}
tlsCertFile: "$pki/node$n.crt"
tlsPrivateKeyFile: "$pki/node$n.key"
evictionHard: {memory.available: "100Mi", nodefs.available: "1%", imagefs.available: "1%", nodefs.inodesFree: "1%"}
imageGCHighThresholdPercent: 100
resolvConf: "$dir/etc/resolv.conf"
clusterDNS: [127.0.0.1]
clusterDomain: cluster.local
volumePluginDir: /var/lib/kubelet/volume-plugins
featureGates: {KubeletCrashLoopBackOffMax: true}
# How soon pods see a changed ConfigMap or Secret; a minute and a half by default, which tests would wait for.
syncFrequency: 10s
crashLoopBackOff: {maxContainerRestartPeriod: 10s}
YAML
  cat >"$dir/etc/proxy.yaml" <<YAML
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
clientConnection: {kubeconfig: "$pki/proxy.kubeconfig"}
mode: iptables
clusterCIDR: 10.78.0.0/16
hostnameOverride: $(node_name "$n")
conntrack: {maxPerCore: 0}
YAML
}

run_containerd() {
  local entry=()
  enter_node "$1"
  spawn "containerd$1" "${entry[@]}" containerd --config "$(node_dir "$1")/etc/containerd.toml"
}

run_kubelet() {
  local entry=()
  enter_node "$1"
  spawn "kubelet$1" "${entry[@]}" "$programs/kubelet" --config="$(node_dir "$1")/etc/kubelet.yaml" \
    --kubeconfig="$pki/node$1.kubeconfig" --hostname-override="$(node_name "$1")" --node-ip="$(node_address "$1")"
}

run_proxy() {
  local entry=()
  enter_node "$1"
  spawn "proxy$1" "${entry[@]}" "$programs/kube-proxy" --config="$(node_dir "$1")/etc/proxy.yaml"
}

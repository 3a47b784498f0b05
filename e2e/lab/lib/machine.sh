# What the machine must have: root, commands (from Debian's packages), Go. Each lack is one sentence that says what to do.
# shellcheck shell=bash

# command:package
readonly needed_commands="
  containerd:containerd runc:runc ctr:containerd debootstrap:debootstrap ip:iproute2 iptables:iptables nft:nftables
  conntrack:conntrack ethtool:ethtool socat:socat openssl:openssl gcc:gcc nsenter:util-linux unshare:util-linux
  flock:util-linux make:make jq:jq systemctl:systemd"

require_linux_root() {
  [ "$(uname -s)" = Linux ] || die "the lab makes Linux network namespaces, so it runs on Linux only."
  [ "$(id -u)" = 0 ] || die "the lab makes network namespaces and mounts, so it needs root: run it with sudo."
}

require_usable_cache() {
  case $cache/ in
    /var/lib/* | /var/log/* | /run/* | /tmp/*)
      die "MMM_LAB_CACHE is $cache, but the nodes have their own /var/lib, /var/log, /run and /tmp: choose another place."
      ;;
  esac
  [ ${#cache} -le 60 ] || die "MMM_LAB_CACHE is $cache, too long for the Unix sockets below it: choose one of at most 60 characters."
}

missing_packages() {
  local pair
  for pair in $needed_commands; do
    command -v "${pair%%:*}" >/dev/null || echo "${pair#*:}"
  done | sort -u
  [ -n "$(cni_plugins)" ] || echo containernetworking-plugins
  [ -f /usr/include/stdlib.h ] || echo libc6-dev
}

cni_plugins() {
  local dir
  for dir in /usr/lib/cni /opt/cni/bin; do
    [ -x "$dir/bridge" ] && [ -x "$dir/host-local" ] && [ -x "$dir/portmap" ] && echo "$dir" && return
  done
  return 0
}

install_packages() {
  # A foreign package source that is out of reach must not stop the lab: what matters is whether the install works.
  apt-get update -qq || true
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" </dev/null
}

require_packages() {
  local missing
  missing=$(missing_packages | xargs)
  [ -z "$missing" ] && return
  command -v apt-get >/dev/null || die "missing, by Debian's package names: $missing. Install them with your package manager."
  # shellcheck disable=SC2086 # a list of names
  step "installing $missing" "$build_logs/packages.log" install_packages $missing
  missing=$(missing_packages | xargs)
  [ -z "$missing" ] || die "still missing after the installation: $missing."
}

require_go() {
  command -v go >/dev/null || PATH=$PATH:/usr/local/go/bin
  command -v go >/dev/null || die "Go is missing: install Go 1.24 or newer (Kubernetes and Helm are built from their Go modules)."
  local version major minor
  version=$(go env GOVERSION)
  IFS=. read -r major minor _ <<<"${version#go}"
  [ "$major" -gt 1 ] || [ "${minor%%[!0-9]*}" -ge 24 ] || die "Go is ${version#go}, but Kubernetes needs 1.24 or newer: install a newer Go."
}

require_free_network() {
  local taken
  taken=$(ip -4 -o address show | awk -v own="$bridge" '$2 != own && $4 ~ /^10\.77\.0\./ {print $2}')
  [ -z "$taken" ] || die "the network 10.77.0.0/24 is already in use on this machine's $taken; the lab needs it."
}

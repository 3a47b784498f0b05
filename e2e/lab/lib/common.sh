# What every part of the lab shares: where things are, how it talks, how it waits.
# shellcheck shell=bash

readonly kubernetes_version=v1.34.4
readonly helm_version=v4.3.1
readonly mysql_image=docker.io/lab/mysql:9.7
readonly base_image=docker.io/lab/base:1
readonly pause_image=docker.io/lab/pause:1
readonly nodes="1 2 3"
readonly bridge=labbr0
readonly api_server=https://10.77.0.1:6443

# The cache survives `lab down`; everything of the running lab is under `live`, in the cache.
readonly cache=${MMM_LAB_CACHE:-$HOME/.cache/mysql-mmm-lab}
readonly programs=$cache/kube # the seven Kubernetes programs
readonly bin=$cache/bin       # what `lab env` puts on PATH
readonly images=$cache/images
readonly build_logs=$cache/logs
readonly live=$cache/live
readonly pki=$live/pki
readonly admin_config=$pki/admin.kubeconfig

say() { printf '%s\n' "$*"; }
die() {
  printf 'lab: %s\n' "$*" >&2
  exit 1
}
kubectl() { KUBECONFIG=$admin_config "$programs/kubectl" "$@"; }
node_name() { echo "node$1"; }
node_address() { echo "10.77.0.1$1"; }
node_dir() { echo "$live/node$1"; }

# Runs a command, silently, as one named step; says how long it took, and shows the end of its log if it failed.
# Usage: step WHAT LOG COMMAND...
step() {
  local what=$1 log=$2 start=$SECONDS rc=0
  shift 2
  mkdir -p "$(dirname "$log")"
  say "==> $what"
  # In a subshell of its own, because bash ignores `set -e` in whatever a condition calls.
  set +e
  (
    set -e
    "$@"
  ) >"$log" 2>&1
  rc=$?
  set -e
  if [ "$rc" != 0 ]; then
    {
      say "    failed after $((SECONDS - start)) s; the whole log is $log; it ends:"
      tail -n 20 "$log" | sed 's/^/    | /'
    } >&2
    return "$rc"
  fi
  say "    done in $((SECONDS - start)) s"
}

# Waits until a command succeeds, asking ten times a second. Usage: wait_until SECONDS WHAT COMMAND...
wait_until() {
  local limit=$1 what=$2 start=$SECONDS
  shift 2
  until "$@" >/dev/null 2>&1; do
    if [ $((SECONDS - start)) -ge "$limit" ]; then
      say "gave up after $limit s waiting for $what" >&2
      return 1
    fi
    sleep 0.1
  done
}

# Holds off other lab commands that change things. The lock goes with the process; spawned programs do not inherit it.
take_turn() {
  mkdir -p "$cache"
  exec {turn}>"$cache/lock"
  flock --nonblock "$turn" && return
  say "Another lab command is running; waiting for it to finish." >&2
  flock --timeout 1800 "$turn" || die "another lab command has been running for 30 minutes: see $cache/lock"
}

# Makes a product anew only when what goes into it has changed. Usage: refresh PRODUCT INPUTS WHAT LOG COMMAND...
refresh() {
  local product=$1 inputs
  inputs=$(sha256sum <<<"$2" | cut -d' ' -f1)
  if [ -e "$product" ] && [ -f "$product.inputs" ] && [ "$(<"$product.inputs")" = "$inputs" ]; then
    return
  fi
  rm -f "$product.inputs"
  mkdir -p "$(dirname "$product")"
  step "${@:3}"
  echo "$inputs" >"$product.inputs"
}

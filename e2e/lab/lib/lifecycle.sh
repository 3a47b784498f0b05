# Brings the whole lab up, whatever state it is in, and takes it down without a trace.
# shellcheck shell=bash

readonly components="etcd apiserver controllers scheduler volumes
  containerd1 containerd2 containerd3 kubelet1 kubelet2 kubelet3 proxy1 proxy2 proxy3"

is_component() { [[ " $(xargs <<<"$components") " == *" $1 "* ]]; }

run_component() {
  is_running "$1" && return
  case $1 in
    *[0-9]) "run_${1%[0-9]}" "${1##*[a-z]}" ;;
    *) "run_$1" ;;
  esac
}

lab_up() {
  if lab_is_whole; then
    repair_lab
    load_own_images
  else
    local left
    left=$(leftovers)
    [ -z "$left" ] || step "clearing what an earlier lab left behind" "$build_logs/clear.log" remove_lab
    step "starting Kubernetes on three nodes (about 25 seconds)" "$build_logs/start.log" start_lab
  fi
  step "waiting until the nodes are ready" "$build_logs/ready.log" nodes_ready
}

# Whether this lab was once up completely, in this boot, and its networks and namespaces are still there.
lab_is_whole() {
  [ -f "$live/complete" ] && [ "$(<"$live/complete")" = "$(boot)" ] && network_is_whole && namespaces_are_whole
}

repair_lab() {
  local name stopped=
  for name in $components; do
    if is_running "$name"; then
      signal_component CONT "$name" # it may have been frozen
    else
      stopped+=" $name"
    fi
  done
  raise_links
  [ -n "$stopped" ] || return 0
  # shellcheck disable=SC2086 # a list of names
  step "starting again what does not run:$stopped" "$build_logs/repair.log" start_components $stopped
}

# Elsewhere they lose their Lease while the API server is away, end, and are started again. Those that live through it
# look at some resources a minute later than at others (client-go's back-off): there are no pods, and no garbage goes.
renew_controllers() {
  local name
  for name in controllers scheduler; do
    if is_running "$name"; then
      end "$name"
      run_component "$name"
    fi
  done
}

start_components() {
  local name
  for name in "$@"; do
    run_component "$name"
    case $name in
      apiserver)
        wait_until 60 "the API server" api_is_ready
        renew_controllers
        ;;
      containerd*) wait_until 30 "$name" node_ctr "${name#containerd}" version ;;
    esac
  done
}

start_lab() {
  local n
  mkdir -p "$live"
  make_certificates
  make_network
  run_component etcd
  run_component apiserver
  make_namespaces
  for n in $nodes; do
    make_node_cgroups "$n"
    configure_node "$n"
    run_component "containerd$n"
  done
  for n in $nodes; do
    wait_until 30 "containerd on node$n" node_ctr "$n" version
  done
  load_own_images
  wait_until 60 "the API server" api_is_ready
  # shellcheck disable=SC2086 # a list of names
  start_components $components
  boot >"$live/complete"
}

load_own_images() { load_images "$images/pause.tar" "$images/mysql.tar"; }

nodes_ready() {
  local n
  for n in $nodes; do
    wait_until 60 "node$n to register" kubectl get node "$(node_name "$n")"
  done
  kubectl wait --for=condition=Ready node --all --timeout=120s
  # Without it no pod can be made in the namespace.
  wait_until 60 "the default service account" kubectl get serviceaccount default
}

lab_down() {
  local left
  if [ -z "$(leftovers)" ]; then
    say "The lab is down already."
    return
  fi
  step "taking the lab down" "$build_logs/down.log" remove_lab
  left=$(leftovers)
  [ -z "$left" ] || die "this could not be removed:
$left"
}

# Needs no API server, no containerd, nothing that runs: it ends every process of the lab and then removes what they used.
remove_lab() {
  local n
  wait_until 20 "the lab's processes to end" end_all_processes || true
  remove_namespaces
  remove_network
  for n in $nodes; do
    wait_until 10 "the control groups of node$n to empty" remove_node_cgroups "$n" || true
  done
  rm -rf --one-file-system "$live"
}

end_all_processes() {
  local process found=
  for process in $(all_processes); do
    found=1
    kill -KILL "$process" 2>/dev/null || true
  done
  [ -z "$found" ]
}

all_processes() {
  local n
  marked_processes
  for n in $nodes; do
    node_processes "$n"
    ip netns pids "$(node_name "$n")" 2>/dev/null || true
  done | sort -un
}

# Everything of a lab that is on this machine, one line each.
leftovers() {
  local n process dir
  for process in $(all_processes); do
    echo "process $process: $({ tr '\0' ' ' <"/proc/$process/cmdline"; } 2>/dev/null | cut -c1-120)"
  done
  for n in $nodes; do
    [ ! -e "/run/netns/$(node_name "$n")" ] || echo "network namespace $(node_name "$n")"
    ! ip link show "lab$n" >/dev/null 2>&1 || echo "network interface lab$n"
    for dir in $(node_cgroups "$n"); do
      [ ! -d "$dir" ] || echo "control group $dir"
    done
  done
  ! ip link show "$bridge" >/dev/null 2>&1 || echo "network interface $bridge"
  ip route show dev "$bridge" 2>/dev/null | sed 's/^/route /' || true
  awk -v live="$live/" 'index($2, live) == 1 { print "mount " $2 }' /proc/mounts
  [ ! -e "$live" ] || echo "directory $live"
}

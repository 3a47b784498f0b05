# What a person would look at first when a test has failed, kept before the lab or the pair goes.
# shellcheck shell=bash

# Usage: collect_evidence NAME; prints where it is and its digest.
collect_evidence() {
  local to=$build_logs/evidence/$1 pod_namespace pod
  rm -rf "$to"
  mkdir -p "$to/pods"
  digest >"$to/digest.txt" 2>&1
  ask get mmm,statefulsets,pods,services,endpointslices,leases -A -o wide >"$to/objects.txt" 2>&1
  ask get mmm -A -o yaml >"$to/mmm.yaml" 2>&1
  ask get events -A --sort-by=.lastTimestamp >"$to/events.txt" 2>&1
  ask describe pods,nodes -A >"$to/describe.txt" 2>&1
  ask get pods -A --no-headers -o custom-columns=N:.metadata.namespace,P:.metadata.name 2>/dev/null |
    while read -r pod_namespace pod; do
      ask logs -n "$pod_namespace" "$pod" --all-containers --prefix --timestamps >"$to/pods/$pod_namespace.$pod.log" 2>&1
    done
  cp -r "$live/log" "$to/lab" 2>/dev/null
  say "Objects, events and logs of the lab are in $to. In short:"
  sed 's/^/  | /' "$to/digest.txt"
}

ask() { kubectl --request-timeout=5s "$@"; }

# The machine, the lab's own parts, and what is not as it should be in the cluster.
digest() {
  local name n
  date -u +%FT%TZ
  uptime
  free -m | awk '/^Mem:/ { print "memory: " $7 " of " $2 " MiB available" }'
  df -Ph "$live" | awk 'NR == 2 { print "disk: " $4 " of " $2 " available" }'
  dmesg 2>/dev/null | grep -i 'out of memory\|oom-kill\|blocked for more than\|I/O error' | tail -n 3
  for name in $components; do
    is_well "$name" || say "component $name: $(state_of "$name")"
  done
  for n in $nodes; do
    ip -n "$(node_name "$n")" -o link show eth0 | grep -q 'state UP' || say "node$n: eth0 is not up"
    nsenter "--net=/run/netns/$(node_name "$n")" nft list tables 2>/dev/null | grep chaos | sed "s/^/node$n: packet filter /"
  done
  ask get nodes --no-headers | awk '$2 != "Ready"'
  ask get pods -A -o wide --no-headers | awk '{ split($3, ready, "/"); if ($4 != "Running" || ready[1] != ready[2]) print }'
  ask get mmm -A -o json | jq -r '.items[] | .metadata.name + ": " + ((.status.conditions // [])[] |
    "\(.type)=\(.status) \(.reason): \(.message)"[:300])'
  grep '^E' "$live/log/controllers.log" | tail -n 3 | cut -c1-300
  ask get events -A --field-selector type=Warning --sort-by=.lastTimestamp --no-headers | tail -n 12 | cut -c1-300
}

is_well() { [[ $(state_of "$1") == [RSI] ]]; }

state_of() {
  local process
  process=$(pid_of "$1") && process_state "$process" || echo "not running"
}

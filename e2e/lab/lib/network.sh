# One bridge, where the clients and the control plane are (10.77.0.1), and a network namespace per node (10.77.0.11-13).
# shellcheck shell=bash

readonly services=10.96.0.0/16
readonly call_iptables=/proc/sys/net/bridge/bridge-nf-call-iptables

make_network() {
  local n other
  keep_bridge_out_of_iptables
  ip link add "$bridge" type bridge
  ip address add 10.77.0.1/24 dev "$bridge"
  ip link set "$bridge" up
  for n in $nodes; do
    make_node_network "$n"
  done
  raise_links
}

# Also mends what a fault left: a link that is set down loses its routes.
raise_links() {
  local n other
  for n in $nodes; do
    ip link set "lab$n" up
    ip -n "$(node_name "$n")" link set eth0 up
    ip -n "$(node_name "$n")" route replace default via 10.77.0.1
    ip route replace "10.78.$n.0/24" via "$(node_address "$n")"
    for other in $nodes; do
      [ "$n" = "$other" ] || ip -n "$(node_name "$n")" route replace "10.78.$other.0/24" via "$(node_address "$other")"
    done
  done
  # So that a client on the bridge, and the API server when it calls a webhook, reach Services: by a node's kube-proxy.
  ip route replace "$services" via "$(node_address 3)"
}

make_node_network() {
  local n=$1 name
  name=$(node_name "$n")
  ip netns add "$name"
  ip link add "lab$n" type veth peer name eth0 netns "$name"
  ip link set "lab$n" master "$bridge" up
  ip -n "$name" address add "$(node_address "$n")/24" dev eth0
  ip -n "$name" link set lo up
  nsenter --net="/run/netns/$name" sh -c 'echo 1 >/proc/sys/net/ipv4/ip_forward'
}

# With br_netfilter loaded, the machine's own packet filter would judge what one node sends to another.
keep_bridge_out_of_iptables() {
  [ -f "$call_iptables" ] || return 0
  cp "$call_iptables" "$live/call-iptables"
  echo 0 >"$call_iptables"
}

network_is_whole() {
  local n
  ip -4 -o address show dev "$bridge" 2>/dev/null | grep -q ' 10\.77\.0\.1/24 ' || return 1
  for n in $nodes; do
    ip link show "lab$n" >/dev/null 2>&1 || return 1
    ip -n "$(node_name "$n")" -4 -o address show dev eth0 2>/dev/null | grep -q " $(node_address "$n")/24 " || return 1
  done
}

remove_network() {
  local n
  for n in $nodes; do
    ip netns delete "$(node_name "$n")" 2>/dev/null || true
    ip link delete "lab$n" 2>/dev/null || true
  done
  ip link delete "$bridge" 2>/dev/null || true # its routes go with it
  if [ -f "$live/call-iptables" ] && [ -f "$call_iptables" ]; then
    cat "$live/call-iptables" >"$call_iptables"
  fi
}

# A control group per node, so that a node's containers can be counted, limited and ended together. Version 1 and 2.
# shellcheck shell=bash

readonly cgroup_root=/sys/fs/cgroup

# The node's directory in each hierarchy that this machine has (version 2 has one).
node_cgroups() {
  if [ -f "$cgroup_root/cgroup.controllers" ]; then
    echo "$cgroup_root/lab-node$1"
    return
  fi
  local hierarchy
  for hierarchy in "$cgroup_root"/*/; do
    [ -L "${hierarchy%/}" ] || [ ! -f "$hierarchy/cgroup.procs" ] || echo "${hierarchy}lab-node$1"
  done
}

make_node_cgroups() {
  local dir file controller
  if [ -f "$cgroup_root/cgroup.controllers" ]; then
    for controller in $(<"$cgroup_root/cgroup.controllers"); do
      echo "+$controller" >"$cgroup_root/cgroup.subtree_control" 2>/dev/null || true
    done
  fi
  for dir in $(node_cgroups "$1"); do
    mkdir -p "$dir"
    # Version 1 starts a group without processors and memory, and then no process can join it.
    for file in cpuset.cpus cpuset.mems; do
      if [ -f "$dir/$file" ] && [ ! -f "$cgroup_root/cgroup.controllers" ]; then
        cat "${dir%/*}/$file" >"$dir/$file"
      fi
    done
  done
}

# The processes of a node's containers.
node_processes() {
  local dir
  for dir in $(node_cgroups "$1"); do
    [ ! -d "$dir" ] || find "$dir" -name cgroup.procs -exec cat {} + 2>/dev/null || true
  done | sort -un
}

# The processes of that name in a node's containers. Usage: processes_named NODE_NUMBER NAME
processes_named() {
  local process
  for process in $(node_processes "$1"); do
    [ "$(cat "/proc/$process/comm" 2>/dev/null || true)" != "$2" ] || echo "$process"
  done
}

# Fails while a group still cannot be removed: it takes the kernel a moment after the last process has gone.
remove_node_cgroups() {
  local dir rc=0
  for dir in $(node_cgroups "$1"); do
    [ ! -d "$dir" ] || find "$dir" -depth -type d -exec rmdir {} + || rc=1
  done
  return "$rc"
}

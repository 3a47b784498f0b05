# Starts and ends the lab's own programs. A record names a process by its id, its start and the boot, because ids are reused.
# shellcheck shell=bash

record_of() { echo "$live/run/$1"; }
boot() { cat /proc/sys/kernel/random/boot_id; }
# Field 22 of /proc/PID/stat, counted after the name in parentheses, which may hold anything.
started_at() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20; }

# Usage: spawn NAME COMMAND...; the output goes to live/log/NAME.log.
spawn() {
  local name=$1 process
  shift
  mkdir -p "$live/log" "$live/run"
  (
    [ -z "${turn:-}" ] || exec {turn}>&- # the lock is not for those who live on
    MMM_LAB_LIVE=$live exec setsid "$@" >>"$live/log/$name.log" 2>&1 </dev/null
  ) &
  process=$!
  disown "$process"
  echo "$process $(started_at "$process") $(boot)" >"$(record_of "$name")"
}

# Prints the process id of a component that runs; fails if it does not.
pid_of() {
  local process started when
  [ -f "$(record_of "$1")" ] || return 1
  read -r process started when <"$(record_of "$1")" || return 1
  [ "$when" = "$(boot)" ] && [ -n "$started" ] && [ "$(started_at "$process")" = "$started" ] && is_alive "$process" &&
    echo "$process"
}

is_running() { pid_of "$1" >/dev/null; }
# As /proc tells: R, S and I are well; T is stopped by a signal, D waits for a device, Z has ended.
process_state() { sed 's/.*) //' "/proc/$1/stat" | cut -c1; }
is_alive() { [ -e "/proc/$1/stat" ] && [ "$(process_state "$1")" != Z ]; }
is_gone() { ! is_alive "$1"; }

# Ends one component: politely where that is quick, and then not.
end() {
  local name=$1 process
  if process=$(pid_of "$name"); then
    case $name in
      apiserver) kill -KILL "$process" ;; # it would drain for a minute
      *) kill -TERM "$process" ;;
    esac
    kill -CONT "$process" 2>/dev/null || true # it may be frozen
    wait_until 5 "$name to end" is_gone "$process" 2>/dev/null || kill -KILL "$process" 2>/dev/null || true
    wait_until 5 "$name to end" is_gone "$process"
  fi
  rm -f "$(record_of "$name")"
}

signal_component() {
  local process
  process=$(pid_of "$2") || die "$2 is not running."
  kill -s "$1" "$process"
}

# Every process of this lab outside its containers, also those that programs of the lab started (a shim for each pod):
# each has inherited the mark that spawn gives.
marked_processes() {
  # A process may end while it is looked at.
  grep -lsxzF "MMM_LAB_LIVE=$live" /proc/[0-9]*/environ | cut -d/ -f3 || true
}

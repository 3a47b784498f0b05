#!/bin/sh
# Runs mysqld, again and again, each time only with the agent's permission (docs/clustering.md).
#
# Before every start it writes a number that is new each time to start-request and waits until the
# agent has written the same number to start-permit. When mysqld ends, for whatever reason, the next
# request follows at once: the kubelet's back-off never delays a restart. It initialises a data
# directory only where there is none, in a directory aside that is renamed when complete, so that
# half an initialisation is never taken for data and existing data are never written over. Where a
# data set is to be adopted (spec.adopt) it waits for that one, and makes none.
#
# SIGTERM goes on to mysqld only when the agent has permitted the stop (pre-stop.sh): a polite stop
# releases sessions that wait for the peer's acknowledgement as if it had come. Else SIGKILL.
#
# POSIX sh and coreutils; runs as mysqld's user. The pids are the pod's, or, where a unit of the node's
# runs it (external.sh), the node's.
set -u

run=${MMM_RUN:-/run/mmm}
base=${MMM_BASE:-/var/lib/mmm/mysql}
config=${MMM_CONFIG:-/etc/mmm/mysql/my.cnf}
# Says "adopt" as long as the data set of this host is to come from elsewhere.
origin=${MMM_ORIGIN:-/etc/mmm/scripts/origin}
mysqld=${MMM_MYSQLD:-mysqld}
# An option file of the node's own; what ours says prevails.
own_config=${MMM_OWN_CONFIG:-}
own_rules=${MMM_OWN_OPTIONS:-/etc/mmm/scripts/own-options}
our_config=$config
if [ -n "$own_config" ]; then config=$run/my.cnf; fi
mysqld_log=${MMM_MYSQLD_LOG:-"the log of the pod's container mysqld"}
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
# By this mysqld knows that it will be started again after RESTART and CLONE.
MYSQLD_PARENT_PID=$$
export PATH MYSQLD_PARENT_PID

data=$base/data
# As those who put a data set there know it.
shown=${MMM_SHOWN_DATA:-$data}
pid=
stopping=
early_ends=0

say() { echo "launch: $*" >&2; }

# Sleeps so that a signal is handled at once.
pause() {
  sleep "$1" &
  wait $!
}

# write FILE TEXT: whole or not at all.
write() {
  printf '%s\n' "$2" >"$run/$1.tmp" && mv -f "$run/$1.tmp" "$run/$1"
}

# The content of a handshake file; empty when there is none.
content() {
  if [ -f "$run/$1" ]; then cat "$run/$1" 2>/dev/null; fi
}

stop_permitted() {
  [ -n "$(content stop-request)" ] && [ "$(content stop-request)" = "$(content stop-permit)" ]
}

terminate() {
  stopping=yes
  [ -n "$pid" ] || return 0
  if stop_permitted; then
    say "stopping mysqld"
    kill -TERM "$pid" 2>/dev/null
  else
    say "the agent has not permitted a stop: killing mysqld"
    kill -KILL "$pid" 2>/dev/null
  fi
}
trap terminate TERM INT

leave_if_stopping() {
  if [ -n "$stopping" ]; then exit 0; fi
}

# refuse SENTENCE: mysqld cannot be started like this. Said once, looked at again later.
refuse() {
  if [ "$(content launch-error)" != "$1" ]; then
    say "$1"
    write launch-error "$1"
  fi
  pause 5
}

# Whether $data holds a data set. 0: yes. 1: there is nothing. 2: there is something else.
data_state() {
  [ -e "$data" ] || [ -L "$data" ] || return 1
  [ -d "$data" ] || return 2
  if [ -f "$data/mysql.ibd" ] || [ -d "$data/mysql" ]; then return 0; fi
  # An empty directory holds nothing; rmdir fails on any other.
  rmdir "$data" 2>/dev/null && return 1
  return 2
}

initialise() {
  say "no data in $data: initialising"
  rm -rf "$data.new" || return 1
  # Accounts, passwords and the server's role are the agent's: this makes an empty data set only.
  "$mysqld" --defaults-file="$config" --initialize-insecure --datadir="$data.new" &
  pid=$!
  wait_for_mysqld
  if [ "$code" -ne 0 ] || [ -n "$stopping" ]; then return 1; fi
  note_origin || return 1
  # On disk before it has its name.
  sync "$data.new" 2>/dev/null
  sync -f "$data.new" 2>/dev/null || sync
  # Never onto or into anything: $data does not exist, and -T fails if it were a directory with content.
  mv -T "$data.new" "$data" || return 1
  sync "$base" 2>/dev/null || sync
  say "initialised"
}

# The server_uuid of the data set that is made here: by it the agent knows that nothing is in there
# that came from elsewhere.
note_origin() {
  uuid=$(cat /proc/sys/kernel/random/uuid) &&
    printf '[auto]\nserver-uuid=%s\n' "$uuid" >"$data.new/auto.cnf" &&
    printf '%s\n' "$uuid" >"$base/made.tmp" &&
    mv "$base/made.tmp" "$base/made"
}

awaits_data() { [ -f "$origin" ] && [ "$(cat "$origin" 2>/dev/null)" = adopt ]; }

# Waits until process $pid is gone; its exit code in $code. A signal only interrupts the wait.
wait_for_mysqld() {
  # The signal may have come before $pid was known.
  if [ -n "$stopping" ]; then terminate; fi
  while :; do
    wait "$pid"
    code=$?
    # 127: no child of ours any more.
    if [ "$code" -eq 127 ] || ! kill -0 "$pid" 2>/dev/null; then break; fi
  done
  pid=
}

# Where the node has an option file of its own: that one first, and then ours as it is now, in $config.
# Waits as long as something in it would not be overridden and must not be: what is not written to the
# binlog, or not replicated, is lost at a failover.
provide_config() {
  [ -n "$own_config" ] || return 0
  while :; do
    leave_if_stopping
    if [ ! -r "$own_config" ] || ! options=$(own_options); then
      refuse "the node's option file $own_config cannot be read: correct it, or MMM_OWN_CONFIG in mysqld's unit"
    elif unfit=$(unfit_options "$options") && [ -n "$unfit" ]; then
      refuse "the node's option file $own_config sets $unfit, which no host of a pair may: remove that there"
    else
      break
    fi
  done
  { printf '!include %s\n' "$own_config" && cat "$our_config"; } >"$run/my.cnf.tmp" &&
    mv -f "$run/my.cnf.tmp" "$run/my.cnf"
}

# One line of --NAME=VALUE, as mysqld would take them; what it includes is in there.
own_options() {
  printed=$("$mysqld" --defaults-file="$own_config" --defaults-group-suffix=_serve --print-defaults 2>/dev/null) &&
    printf '%s\n' "$printed" | tail -n 1
}

# The names among these options that the operator's list (own-options) refuses.
unfit_options() {
  set -f
  found=
  for option in $1; do
    case $option in --*) ;; *) continue ;; esac
    option=${option#--}
    option=${option%%=*}
    name=$(printf '%s' "$option" | tr 'A-Z-' 'a-z_')
    while :; do
      case $name in
        loose_* | skip_* | enable_* | disable_* | maximum_*) name=${name#*_} ;;
        *) break ;;
      esac
    done
    if is_unfit; then found="$found${found:+, }$option"; fi
  done
  set +f
  printf '%s' "$found"
}

# The first rule that $name fits decides. mysqld takes abbreviations, too.
is_unfit() {
  while read -r verdict rule; do
    case $verdict in
      allow) if [ "$rule" = "$name" ]; then return 1; fi ;;
      refuse) case $rule in "$name"*) return 0 ;; esac ;;
      family)
        case $name in "$rule"*) return 0 ;; esac
        case $rule in "$name"*) return 0 ;; esac
        ;;
    esac
  done <"$own_rules"
  return 1
}

# Until there is a data set, however long it takes.
provide_data() {
  while :; do
    leave_if_stopping
    data_state
    case $? in
      0)
        if awaits_data && [ ! -w "$data" ]; then
          refuse "the data set in $shown is not mysqld's: chown -R $(id -u):$(id -g) $shown"
          continue
        fi
        # Why there was none, if so, is over; why mysqld ended early is told on.
        if [ "$early_ends" -eq 0 ]; then rm -f "$run/launch-error"; fi
        return
        ;;
      1)
        if awaits_data; then
          refuse "no data set in $shown, and spec.adopt names this host: put the one there that is to be adopted, whole, owned by user $(id -u) and group $(id -g)"
          continue
        fi
        if initialise; then
          rm -f "$run/launch-error"
          return
        fi
        leave_if_stopping
        refuse "mysqld --initialize failed in $shown.new: see $mysqld_log and check spec.mysql.config and the free space of the volume"
        ;;
      *)
        refuse "$shown is not empty and holds no MySQL data set: move its content away, or put the whole data set back"
        ;;
    esac
  done
}

# Until the agent answers this very request, however long it takes. 1: the data set is gone meanwhile.
await_permission() {
  discarded=
  number=$(date +%s%N)
  write start-request "$number"
  say "asking the agent for permission to start mysqld"
  until [ "$(content start-permit)" = "$number" ]; do
    leave_if_stopping
    if [ -f "$run/cut-request" ]; then cut_as_asked; fi
    if [ -f "$run/renew-request" ]; then renew_as_asked; fi
    if [ -n "$discarded" ]; then return 1; fi
    sleep 0.05
  done
}

# What the agent asks for while it is asked for this very permission, and nothing else, once.
cut_as_asked() {
  read -r for_start id file begin position uuid <"$run/cut-request"
  rm -f "$run/cut-request"
  [ "$for_start" = "$number" ] || return 0
  say "cutting $file off at $position, new server_uuid $uuid"
  if trouble=$(cut_tail "$file" "$begin" "$position" "$uuid" "$base/cut/$file.$id" 2>&1); then
    write cut-result "$id ok"
  else
    say "that failed: $trouble"
    write cut-result "$id failed: $trouble"
  fi
}

# Another server_uuid, where a clone was begun over the data set or where it may lack what others count
# on; or, when mysqld cannot start with what a clone left, no data set at all. The agent knows that
# nothing but the clone's own is here.
renew_as_asked() {
  read -r for_start what <"$run/renew-request"
  rm -f "$run/renew-request"
  [ "$for_start" = "$number" ] || return 0
  if [ "$what" = discard ]; then
    say "removing what an unfinished clone left in $data"
    rm -rf "$data.discarded" && mv -T "$data" "$data.discarded"
    rm -rf "$data.discarded"
    rm -f "$run/launch-error"
    early_ends=0
    discarded=yes
  elif trouble=$(write_uuid "$what" 2>&1); then
    say "new server_uuid $what, as the agent asks"
    write renew-result "$number ok"
  else
    say "no new server_uuid: $trouble"
    write renew-result "$number failed: $trouble"
  fi
}

# write_uuid UUID: on disk before it returns.
write_uuid() {
  printf '[auto]\nserver-uuid=%s\n' "$1" >"$data/auto.cnf.tmp" &&
    mv "$data/auto.cnf.tmp" "$data/auto.cnf" &&
    { sync "$data/auto.cnf" "$data" 2>/dev/null || sync; }
}

# cut_tail FILE BEGIN POSITION UUID COPY: the end of a binlog is kept as a binlog of its own, with what
# stands before the first transaction. On disk before it is cut off; the new server_uuid, too, so that
# what was cut off never gets its identifiers a second time.
cut_tail() {
  mkdir -p "$base/cut" &&
    # Left behind where there was no room for them.
    rm -f "$base/cut/"*.tmp &&
    { head -c "$2" "$data/$1" && tail -c "+$(($3 + 1))" "$data/$1"; } >"$5.tmp" &&
    mv "$5.tmp" "$5" &&
    { sync "$5" "$base/cut" 2>/dev/null || sync; } &&
    write_uuid "$4" &&
    truncate -s "$3" "$data/$1" &&
    { sync "$data/$1" 2>/dev/null || sync; }
}

# After a stop was asked for nothing is started any more. The kubelet ends this container soon; if it
# has not after two minutes (its grace period is one), the request was not the kubelet's. On a node it
# was its pod that ended, and the next pod takes the request away.
hold_after_stop_request() {
  [ -f "$run/stop-request" ] || return 0
  say "a stop was requested: waiting to be ended"
  held=0
  while [ "$held" -lt 120 ] && [ -f "$run/stop-request" ]; do
    leave_if_stopping
    pause 1
    held=$((held + 1))
  done
  rm -f "$run/stop-request" "$run/stop-permit"
}

# guard_lease PID: kills mysqld at the end of its lease, which the agent puts off ten times in a second
# where a writer could go on without it (docs/clustering.md): the agent is frozen or dead.
guard_lease() {
  while kill -0 "$1" 2>/dev/null; do
    if read -r end 2>/dev/null <"$run/lease-end" && read -r up _ </proc/uptime; then
      if [ "${up%.*}${up#*.}" -ge "$end" ]; then
        say "the lease is over and the agent has not fenced mysqld: killing it"
        kill -KILL "$1"
        return
      fi
      sleep 0.2
    else
      sleep 1
    fi
  done
}

# The data set's own server_id, from its server_uuid; one that came without gets one now. A replica
# passes over, silently, what carries its own server_id: with one that stays with the host, a new disk
# would never get back what its host wrote on the old one (docs/decisions/018).
provide_server_id() {
  read_uuid
  if [ -z "$uuid" ]; then
    uuid=$(cat /proc/sys/kernel/random/uuid) && write_uuid "$uuid" || return 1
  fi
  case ${uuid%%-*} in
    '' | *[!0-9A-Fa-f]*) server_id=1 ;; # mysqld says what is wrong with it
    *) server_id=$((0x${uuid%%-*})) ;;
  esac
  # 0 would mean: no replication.
  if [ "$server_id" -eq 0 ]; then server_id=1; fi
}

# The data set's server_uuid in $uuid; empty when it has none.
read_uuid() {
  uuid=
  [ -f "$data/auto.cnf" ] || return 0
  while IFS='=' read -r key value; do
    if [ "$key" = server-uuid ]; then uuid=$value; fi
  done <"$data/auto.cnf"
}

serve() {
  rm -f "$run/mysqld.pid" "$run/mysqld.sock" "$run/mysqld.sock.lock"
  "$mysqld" --defaults-file="$config" --defaults-group-suffix=_serve --init-file="$run/init.sql" \
    --server-id="$server_id" &
  pid=$!
  # mysqld writes the same when it has recovered; until then the agent needs to know it too.
  write mysqld.pid "$pid"
  guard_lease "$pid" &
  guard=$!
  if [ -f "$run/launch-error" ]; then
    { sleep 10 && kill -0 "$pid" && rm -f "$run/launch-error"; } 2>/dev/null &
  fi
  wait_for_mysqld
  kill "$guard" 2>/dev/null
  rm -f "$run/mysqld.pid"
  say "mysqld ended with code $code"
}

# A server that cannot even start is not tried more often than every few seconds. One that asks to be
# started again, as after a clone, was up: it ends with 16 (MYSQLD_RESTART_EXIT).
back_off() {
  if [ "$code" -eq 16 ] || [ $(($(date +%s) - started)) -ge 10 ]; then
    early_ends=0
    return 0
  fi
  early_ends=$((early_ends + 1))
  if [ "$early_ends" -gt 2 ]; then
    write launch-error "mysqld has ended $early_ends times right after its start, last with code $code: see $mysqld_log"
    pause 3
  fi
}

# A new container: what an earlier one was asked is over.
rm -f "$run/stop-request" "$run/stop-permit" "$run/launch-error" "$run/cut-request" "$run/renew-request"
write launcher "$$"

if ! command -v "$mysqld" >/dev/null; then
  say "there is no mysqld in this image: spec.mysql.image must be one with mysqld of 8.4 or later"
  exit 127
fi

mkdir -p "$base/tmp"
while :; do
  provide_config
  provide_data
  await_permission || continue
  provide_config
  if ! provide_server_id; then
    refuse "$shown/auto.cnf cannot be written: check the volume"
    continue
  fi
  started=$(date +%s)
  serve
  leave_if_stopping
  hold_after_stop_request
  back_off
done

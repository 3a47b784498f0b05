#!/bin/sh
# In the pod of a host whose mysqld is the node's own (spec.hosts[].external): gives the node what its
# mysqld is started with, and stands for that mysqld towards the kubelet. The node's service manager
# runs launch.sh by the unit that lies there too; nothing of the node's is changed from here.
#
#   publish   once, before the agent starts
#   attend    as the pod's container mysqld: publishes what changes, and ends mysqld with the pod
#
# Root with DAC_OVERRIDE and KILL, in the node's process namespace. POSIX sh and coreutils.
set -u

run=${MMM_RUN:?}
volume=${MMM_VOLUME:-/var/lib/mmm}
scripts=${MMM_SCRIPTS:-/etc/mmm/scripts}
config=${MMM_CONFIG_DIRECTORY:-/etc/mmm/mysql}
tls=${MMM_TLS:-/etc/mmm/tls}
# Where the directory of this host is on the node itself.
place=${MMM_PLACE:?}
node=$volume/node

say() { echo "external: $*" >&2; }

# Whether two text files are the same.
same() { [ -f "$2" ] && [ "$(cat "$1")" = "$(cat "$2")" ]; }

# copy FILE DIRECTORY MODE: when it is not the same already, whole or not at all. The group is the
# directory's: prepare.sh has given it to mysqld's on the node.
copy() {
  copy=$node/$2/${1##*/}
  if same "$1" "$copy"; then return 0; fi
  rm -f "$copy.tmp" &&
    (umask 0137 && cat "$1" >"$copy.tmp") &&
    chmod "$3" "$copy.tmp" &&
    mv -f "$copy.tmp" "$copy"
}

publish() {
  mkdir -p "$volume/agent" "$node/scripts" "$node/mysql" "$node/tls" &&
    chmod 0700 "$volume/agent" || return 1
  for file in "$scripts"/*.sh "$scripts"/own-options "$scripts"/origin; do
    # Without spec.adopt there is no origin.
    [ ! -f "$file" ] || copy "$file" scripts 0644 || return 1
  done
  for file in ca.crt tls.crt tls.key; do
    copy "$tls/$file" tls 0640 || return 1
  done
  copy "$config/my.cnf" mysql 0644 && copy "$scripts/mysql-mmm.conf" . 0644
}

# runs PID ARGUMENT: whether the process has it among its arguments. Pids are used again.
runs() {
  case "
$(tr '\0' '\n' 2>/dev/null <"/proc/$1/cmdline")
" in
    *"
$2
"*) return 0 ;;
    *) return 1 ;;
  esac
}

# Whether the node's service manager runs launch.sh for this host.
launched() { read -r launcher 2>/dev/null <"$run/launcher" && runs "$launcher" /etc/mmm/scripts/launch.sh; }

# The pid of this host's mysqld in $pid; fails when there is none.
find_mysqld() { read -r pid 2>/dev/null <"$run/mysqld.pid" && runs "$pid" "--init-file=$run/init.sql"; }

# Said where launch.sh says what it lacks.
complain() {
  sentence="the node's own mysqld is not run for this host: on the node, copy $place/node/mysql-mmm.conf to /etc/systemd/system/mysql.service.d/, adjust it, then systemctl daemon-reload and systemctl restart mysql"
  said=$(cat "$run/launch-error" 2>/dev/null)
  if launched; then
    if [ "$said" = "$sentence" ]; then rm -f "$run/launch-error"; fi
  elif [ "$said" != "$sentence" ]; then
    say "$sentence"
    printf '%s\n' "$sentence" >"$run/launch-error.new" && mv -f "$run/launch-error.new" "$run/launch-error"
  fi
}

end_mysqld() {
  find_mysqld || return 0
  if [ -s "$run/stop-request" ] && same "$run/stop-request" "$run/stop-permit"; then
    say "stopping mysqld"
    kill -TERM "$pid"
  else
    say "the agent has not permitted a stop: killing mysqld"
    kill -KILL "$pid"
  fi
  # The kubelet's grace period is the bound.
  while find_mysqld; do sleep 0.1; done
}

attend() {
  stopping=
  trap 'stopping=yes' TERM INT
  # What an earlier pod was asked is over.
  rm -f "$run/stop-request" "$run/stop-permit"
  while [ -z "$stopping" ]; do
    publish || say "not all could be published in $place/node"
    complain
    sleep 2 &
    wait $!
  done
  end_mysqld
}

case ${1-} in
  publish | attend) "$1" ;;
  *)
    say "publish or attend"
    exit 2
    ;;
esac

#!/bin/sh
# Before the kubelet sends SIGTERM: asks the agent to fence this host, and kills mysqld when no
# permission comes, because a polite stop would acknowledge what the peer does not have.
set -u

run=${MMM_RUN:-/run/mmm}
patience=${MMM_STOP_PATIENCE:-8}

number=$(date +%s%N)
printf '%s\n' "$number" >"$run/stop-request.tmp" && mv -f "$run/stop-request.tmp" "$run/stop-request"

deadline=$(($(date +%s) + patience))
while [ "$(date +%s)" -lt "$deadline" ]; do
  if [ -f "$run/stop-permit" ] && [ "$(cat "$run/stop-permit" 2>/dev/null)" = "$number" ]; then
    exit 0
  fi
  sleep 0.05
done

pid=$(cat "$run/mysqld.pid" 2>/dev/null)
case $pid in
  '' | *[!0-9]*) exit 0 ;;
esac
# Pids are used again: only ever kill a mysqld.
if [ "$(cat "/proc/$pid/comm" 2>/dev/null)" = mysqld ]; then
  kill -KILL "$pid"
fi
exit 0

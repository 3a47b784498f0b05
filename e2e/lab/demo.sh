#!/usr/bin/env bash
# Shows a pair at work: brings it up, writes through its writer IP, moves the writer, kills the writer's MySQL.
# The lab is up and the operator installed: `make demo` sees to that.
set -euo pipefail
here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
root=$(readlink -f "$here/../..")
# shellcheck source=lib/common.sh
. "$here/lib/common.sh"
PATH=$root/kubectl-mmm/target/dist/bin:$PATH

readonly writer_ip=10.77.0.100
readonly client_root=$cache/mysql-root
work=$(mktemp -d)
options=

cleanup() {
  rm -f "$work/running" ${options:+"$client_root$options"}
  wait
  rm -rf "$work"
}
trap cleanup EXIT

heading() { printf '\n--- %s\n' "$*"; }
show() {
  printf '$ %s\n' "$*"
  "$@"
}
field() { kubectl get mmm shop -o "jsonpath={$1}"; }
milliseconds() { echo $((${EPOCHREALTIME/[.,]/} / 1000)); }
node_of() { field ".spec.hosts[?(@.name==\"$1\")].nodeName"; }

# Says what the resource itself says, when something did not happen in time.
give_up() {
  printf '\nThis did not happen in time: %s\n' "$*" >&2
  kubectl get mmm shop -o jsonpath='{range .status.conditions[*]}{.type}={.status} {.reason}: {.message}{"\n"}{end}' >&2 || true
  kubectl get pods -o wide >&2 || true
  kubectl get events --sort-by=.lastTimestamp 2>/dev/null | tail -n 10 >&2 || true
  exit 1
}
await() {
  wait_until "$@" 2>/dev/null || give_up "$2"
}

# A real client, which runs on the bridge's side. It never waits longer than a second, as a client should.
sql() { timeout "${patience:-1}" chroot "$client_root" mysql "--defaults-extra-file=$options" --connect-timeout=1 --skip-column-names --batch -e "$1"; }

make_client() {
  options=/tmp/demo-$$.cnf
  install -m 600 /dev/null "$client_root$options"
  {
    printf '[client]\nhost=%s\nport=3306\ndatabase=shop\n' "$writer_ip"
    printf 'user="%s"\n' "$(secret username)"
    printf 'password="%s"\n' "$(secret password)"
  } >"$client_root$options"
}
secret() { kubectl get secret shop-app -o "jsonpath={.data.$1}" | base64 -d; }

# A client that stays connected, as an application's would, until it fails.
open_client() {
  rm -f "$work/statements" "$work/answers"
  mkfifo "$work/statements" "$work/answers"
  chroot "$client_root" mysql "--defaults-extra-file=$options" --connect-timeout=1 --skip-column-names --batch --unbuffered \
    <"$work/statements" >"$work/answers" 2>>"$work/errors" &
  client=$!
  exec {statements}>"$work/statements" {answers}<"$work/answers"
}
close_client() {
  exec {statements}>&- {answers}<&-
  kill "$client" 2>/dev/null || true
  wait "$client" 2>/dev/null || true
  client=''
}

# Writes numbered rows, one after the other, and notes when each was acknowledged.
# A row that was not acknowledged is tried again under the same number.
write_rows() {
  local n=1 client='' host statements answers
  trap '' PIPE
  while [ -e "$work/running" ]; do
    [ -n "$client" ] || open_client
    if echo "INSERT IGNORE INTO demo (n, host) VALUES ($n, @@hostname); SELECT @@hostname; DO SLEEP(0.01);" 1>&"$statements" 2>/dev/null &&
      read -r -t 1 -u "$answers" host; then
      echo "$(milliseconds) $n $host" >>"$work/acknowledged"
      n=$((n + 1))
    else
      close_client
    fi
  done
  [ -z "$client" ] || close_client
}


rows() { wc -l <"$work/acknowledged"; }
written_on() { [ "$(tail -n 1 "$work/acknowledged" | cut -d' ' -f3)" = "$1" ]; }
rows_grew_from() { [ "$(rows)" -ge $(($1 + 100)) ]; }

# The longest time between two acknowledged rows since a moment.
longest_gap() {
  awk -v since="$1" '$1 >= since - 500 { if (last && $1 - last > gap) gap = $1 - last; last = $1 } END { print gap + 0 }' "$work/acknowledged"
}
usual_gap() {
  awk '{ if (last) print $1 - last; last = $1 }' "$work/acknowledged" | sort -n | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] + 0 }'
}

move_is_over() {
  [ "$(field .status.lastMove.requestedAt)" = "$1" ] && [ "$(field .status.lastMove.outcome)" != InProgress ]
}

bring_up() {
  heading "A pair of MySQL masters, db1 on node1 and db2 on node2, as samples/pair.yaml asks for"
  cd "$root"
  show kubectl apply -f samples/pair.yaml
  say "Waiting until it is ready: two empty data sets, replication both ways, the writer IP on one host ..."
  kubectl wait --for=condition=Ready mmm/shop --timeout=300s >/dev/null || give_up "the pair is ready"
  await 60 "both hosts are in sync" both_in_sync
  await 60 "both hosts are ONLINE" both_online
  show kubectl get mmm
  show kubectl mmm show
}

write_through_ip() {
  heading "A client on another machine of that network writes through the writer IP, $writer_ip"
  make_client
  await 30 "a client can log in at $writer_ip" sql "SELECT 1"
  patience=10 sql "DROP TABLE IF EXISTS demo; CREATE TABLE demo (n INT PRIMARY KEY, host VARCHAR(64) NOT NULL, at TIMESTAMP(3) DEFAULT CURRENT_TIMESTAMP(3))"
  : >"$work/acknowledged"
  touch "$work/running"
  write_rows &
  await 30 "100 rows are written" rows_grew_from 0
  say "$(rows) rows so far, all written on $(tail -n 1 "$work/acknowledged" | cut -d' ' -f3), one every $(usual_gap) ms. The client goes on writing."
}

move_writer() {
  local from to now start
  from=$(field .status.ledger.writer)
  to=db2
  [ "$from" != db2 ] || to=db1
  heading "Moving the writer from $from to $to, while the client writes"
  await 60 "both hosts are in sync" both_in_sync
  now=$(date -u +%Y-%m-%dT%H:%M:%SZ)
  start=$(milliseconds)
  show kubectl patch mmm shop --type merge -p "{\"spec\":{\"moveRole\":{\"role\":\"writer\",\"host\":\"$to\",\"requestedAt\":\"$now\"}}}"
  await 60 "the move has an outcome" move_is_over "$now"
  say "Outcome: $(field .status.lastMove.outcome). $(field .status.lastMove.message)"
  [ "$(field .status.lastMove.outcome)" = Done ] || give_up "the writer moves to $to"
  await 30 "rows are written on $to" written_on "$(node_of "$to")"
  await 30 "100 more rows are written" rows_grew_from "$(rows)"
  say "The client now writes on $to. The longest it waited for a row was $(longest_gap "$start") ms."
}

both_in_sync() { [ "$(field '.status.ledger.inSync[*]' | wc -w)" = 2 ]; }
both_online() { [ "$(field '.status.hosts[*].state')" = "ONLINE ONLINE" ]; }
writer_is_not() { [ "$(field .status.ledger.writer)" != "$1" ]; }

kill_writer() {
  local writer node process start
  writer=$(field .status.ledger.writer)
  node=$(node_of "$writer")
  await 60 "both hosts are in sync" both_in_sync
  process=$("$here/lab" pids "$node" mysqld | head -n 1)
  [ -n "$process" ] || give_up "MySQL runs on $node"
  heading "Killing MySQL on the writer, $writer, while the client writes"
  start=$(milliseconds)
  show kill -9 "$process"
  await 60 "the other host becomes the writer" writer_is_not "$writer"
  await 60 "rows are written on the other host" written_on "$(node_of "$(field .status.ledger.writer)")"
  await 30 "100 more rows are written" rows_grew_from "$(rows)"
  say "The client now writes on $(field .status.ledger.writer). The longest it waited for a row was $(longest_gap "$start") ms."
  show kubectl get mmm
}

count_rows() {
  local acknowledged found
  heading "Is every row there that the client was told is there?"
  rm -f "$work/running"
  wait
  acknowledged=$(rows)
  found=$(patience=10 sql "SELECT COUNT(*) FROM demo WHERE n <= $acknowledged")
  say "Rows acknowledged: $acknowledged. Rows found: $found."
  patience=10 sql "SELECT CONCAT('  written on ', host, ': ', COUNT(*)) FROM demo GROUP BY host ORDER BY MIN(n)"
  [ "$acknowledged" = "$found" ] || give_up "no acknowledged row is lost"
}

come_back() {
  heading "The killed host comes back as the other master"
  await 120 "both hosts are in sync again" both_in_sync
  kubectl wait --for=condition=Ready mmm/shop --timeout=120s >/dev/null || give_up "the pair is ready again"
  show kubectl mmm show
}

bring_up
write_through_ip
move_writer
kill_writer
count_rows
come_back
heading "That was it. The pair goes on running:"
cat <<'TEXT'
  eval "$(make -s lab-env)"    for kubectl, helm and kubectl mmm in this shell
  kubectl mmm show             the pair
  make lab-down                removes everything
TEXT

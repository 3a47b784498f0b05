# What `make test` tells at its end: how long each part took, what the tests counted, and evidence when one failed.
# shellcheck shell=bash

times=()

# Runs one part and remembers its time. Usage: timed NAME COMMAND...
timed() {
  local name=$1 start=$SECONDS
  shift
  say "=== $name"
  current="$name" began=$start
  "$@"
  times+=("$(printf '%6s s  %s' $((SECONDS - start)) "$name")")
  current=
}

print_times() {
  say "=== Time"
  [ ${#times[@]} = 0 ] || printf '%s\n' "${times[@]}"
  [ -z "${current:-}" ] || printf '%6s s  %s (failed)\n' $((SECONDS - began)) "$current"
}

# Sums Surefire's and Failsafe's reports of all modules, in Maven's own words.
print_counts() {
  count_reports "Unit tests (Surefire)" surefire-reports
  count_reports "End-to-end tests (Failsafe)" failsafe-reports
}

count_reports() {
  local reports
  mapfile -t reports < <(find "$root" -path "*/target/$2/TEST-*.xml" | sort)
  if [ ${#reports[@]} = 0 ]; then
    say "=== $1: none ran"
    return
  fi
  say "=== $1"
  grep -ho '<testsuite [^>]*>' "${reports[@]}" | awk '
    function value(name) { return match($0, " " name "=\"[0-9]+\"") ? substr($0, RSTART + length(name) + 3) + 0 : 0 }
    { tests += value("tests"); failures += value("failures"); errors += value("errors"); skipped += value("skipped") }
    END { printf "[INFO] Tests run: %d, Failures: %d, Errors: %d, Skipped: %d\n", tests, failures, errors, skipped }'
}

# Of the tests that failed first: the others often have the same cause.
print_evidence() {
  local digest
  for digest in "$build_logs"/evidence/*/digest.txt; do
    [ -f "$digest" ] || continue
    say "=== Evidence: $(dirname "$digest")"
    cat "$digest"
  done
}

# shellcheck shell=bash
# One run on the bundled images, started, watched and compared: what the tests with real processes share. Sourced by them; sets $root,
# $firesteel and $work, a folder that is removed at the end together with the cluster and the processes in $started.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
firesteel=$root/deploy/bin/firesteel
work=$(mktemp -d)
export FIRESTEEL_CLUSTER_DIR=$work/cluster
started=()

# Ends what is still there whatever happened.
clean_up() {
  local pid cluster
  for pid in ${started[@]+"${started[@]}"}; do kill -9 "$pid" 2>/dev/null || true; done
  for cluster in "$work"/*cluster; do
    [ ! -d "$cluster" ] || FIRESTEEL_CLUSTER_DIR=$cluster "$root/deploy/bin/firesteel" cluster down >/dev/null
  done
  rm -rf "$work"
}
trap clean_up EXIT

# Says what was expected and found, and the last of a run's log, and fails.
wrong() {
  echo "FAILED: $1" >&2
  if [ -n "${2:-}" ]; then tail -n 20 "$work/$2.log" >&2; fi
  exit 1
}

# Starts 200 steps of a small CNN with Dropout, about 40 ms each, as run $1 with the options that follow; its process id is $run.
start_run() {
  "$firesteel" train "$root/examples/fashion-lenet/run.json" --set batch=256 --set stop.steps=200 \
    --set 'model[8]={"type": "Dropout"}' --out "$work/$1" "${@:2}" \
    >>"$work/$1.log" 2>&1 &
  run=$!
  started+=("$run")
}

# Waits for the end of the run $1 and checks that it is a good one.
succeeds() {
  local code=0
  wait "$run" || code=$?
  [ "$code" = 0 ] || wrong "$1 ended with exit code $code, wanted 0" "$1"
  echo "ok   $1, longest step $(step_seconds max "$1") s, median $(step_seconds p50 "$1") s"
}

# Waits for the run $1 and checks that its weights and its rows are those of run $2, or else of the run named local.
same_bits() {
  local key like=${2:-local}
  succeeds "$1"
  for key in weightsSha256 examples; do
    [ "$(field $key "$1")" = "$(field $key "$like")" ] ||
      wrong "$key of $1 is $(field $key "$1"), wanted $(field $key "$like") as in $like" "$1"
  done
}

# The value of key $1 in the summary of run $2.
field() {
  sed -n "s/^ *\"$1\" : \"\{0,1\}\([^\",]*\).*/\1/p" "$work/$2/summary.json"
}

# The seconds of a step of run $2: its p50, p95 or max ($1).
step_seconds() {
  sed -n "/\"stepSeconds\"/,/}/ s/^ *\"$1\" : \([^,]*\),*$/\1/p" "$work/$2/summary.json"
}

# The last step that run $1 has noted, a multiple of ten or the end of an epoch; 0 before.
step_of() {
  local step
  step=$(sed -n '$ s/{"step":\([0-9]*\),.*/\1/p' "$work/$1/metrics.jsonl" 2>/dev/null) || true
  echo "${step:-0}"
}

# Waits until "$@" is true; fails after 120 seconds, or when the run has ended.
wait_until() {
  local tries=2400
  until "$@"; do
    tries=$((tries - 1))
    [ $tries -gt 0 ] || wrong "not so after 120 seconds: $*"
    kill -0 "$run" 2>/dev/null || wrong "the run ended before: $*"
    sleep 0.05
  done
}

# Sets $events to the options that make run $1 write an event log.
log_events() {
  mkdir "$work/$1.events"
  events=(--conf spark.eventLog.enabled=true --conf "spark.eventLog.dir=$work/$1.events" --conf spark.eventLog.compress=false)
}

# Prints how many lines of the event log of run $1 have $2.
events_of() {
  find "$work/$1.events" -name 'events_*' -exec cat {} + | grep -c "$2" || true
}

# True when there is one.
logged() {
  [ "$(events_of "$1" "$2")" -gt 0 ]
}

# True when run $1 has come to step $2.
reached() {
  [ "$(step_of "$1")" -ge "$2" ]
}

# The process of the executor of worker $1 (1, 2, ...).
executor_of() {
  pgrep -P "$(cat "$FIRESTEEL_CLUSTER_DIR/worker-$1.pid")" | head -n 1
}

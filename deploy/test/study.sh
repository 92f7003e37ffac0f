#!/usr/bin/env bash
# One small study: whole, killed three times and resumed, and on a standalone cluster of two workers. The tables must be the same to
# the byte, but for times. (StudyRunnerTest compares one thread with two.)
set -euo pipefail
# shellcheck source=deploy/test/runs.sh
. "$(dirname "${BASH_SOURCE[0]}")/runs.sh"

# Starts the study into folder $1 with the options that follow; its process id is $run.
start_study() {
  "$firesteel" study "$root/examples/studies/smallest.json" --out "$work/$1" "${@:2}" >>"$work/$1.log" 2>&1 &
  run=$!
  started+=("$run")
}

# Kills the study $1 with -9 as soon as $2 of its trials are done.
kill_after() {
  while [ "$(find "$work/$1/trials" -name '*.json' 2>/dev/null | wc -l)" -lt "$2" ]; do
    kill -0 "$run" 2>/dev/null || wrong "$1 ended before it had $2 trials" "$1"
    sleep 0.02
  done
  kill -9 "$run"
  wait "$run" 2>/dev/null || true
  [ ! -e "$work/$1/trials.csv" ] || wrong "$1 was done before it was killed"
}

# Waits for the study $1 and compares its tables, but for seconds, with those of the whole one.
same_tables() {
  local code=0
  wait "$run" || code=$?
  [ "$code" = 0 ] || wrong "$1 ended with exit code $code, wanted 0" "$1"
  cmp <(cut -d, -f1-15,18- "$work/$1/trials.csv") <(cut -d, -f1-15,18- "$work/whole/trials.csv") || wrong "trials.csv of $1 differs"
  cmp <(cut -d, -f1-3,5- "$work/$1/measurements.csv") <(cut -d, -f1-3,5- "$work/whole/measurements.csv") ||
    wrong "measurements.csv of $1 differs"
  echo "ok   $1: $(($(wc -l <"$work/$1/trials.csv") - 1)) trials"
}

start_study whole --master 'local[2]'
same_tables whole

start_study killed --master 'local[2]'
kill_after killed 7
start_study killed --master 'local[2]' --resume
kill_after killed 20
start_study killed --master 'local[2]' --resume
kill_after killed 41
start_study killed --master 'local[2]' --resume
same_tables killed

master=$("$firesteel" cluster up --workers 2 --cores 1 --memory 1g)
start_study cluster --master "$master"
same_tables cluster

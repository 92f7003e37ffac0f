#!/usr/bin/env bash
# Faults on purpose, in real processes: whatever is killed or paused, and whenever, the weights are those of the run that nobody disturbed.
# faults.sh [TIMES] [FAULT]...: TIMES moments for each kill (3), of FAULTs executor, worker, driver (all).
# shellcheck source=deploy/test/runs.sh
. "$(dirname "${BASH_SOURCE[0]}")/runs.sh"
times=3
case ${1:-} in
  [1-9]*)
    times=$1
    shift
    ;;
esac
[ $# -gt 0 ] || set -- executor worker driver

# Waits for a random moment of run $1: a random noted step from 10 to 180, and up to 0.2 s (some five steps) more.
random_moment() {
  wait_until reached "$1" $((RANDOM % 18 * 10 + 10))
  sleep "0.$((RANDOM % 20 + 100))"
}

# An executor is killed; its shards are read again elsewhere and no step takes much longer than the longest of the undisturbed run.
fault_executor() {
  local i name victim
  for i in $(seq "$times"); do
    name=executor-$i
    start_run "$name" --master "$master"
    random_moment "$name"
    victim=$(executor_of $((RANDOM % 2 + 1)))
    kill -9 "$victim"
    echo "     executor killed after step $(step_of "$name")"
    same_bits "$name"
    grep -q "Lost executor" "$work/$name.log" || wrong "$name never lost its executor" "$name"
    awk "BEGIN { exit !($(field max "$name") <= $(field max cluster) + 2) }" ||
      wrong "a step of $name took $(field max "$name") s, wanted at most 2 s more than $(field max cluster) s" "$name"
  done
}

# A worker and its executor are killed; the rest goes on alone.
fault_worker() {
  start_run worker --master "$master"
  random_moment worker
  kill -9 "$(cat "$FIRESTEEL_CLUSTER_DIR/worker-2.pid")" "$(executor_of 2)"
  echo "     worker and executor killed after step $(step_of worker)"
  same_bits worker
  "$firesteel" cluster up >/dev/null # brings it back
}

# The driver is killed again and again, and resumed each time; once with a checkpoint half written.
fault_driver() {
  local name i master_of step
  for name in driver-local driver-cluster; do
    master_of='local[2]'
    [ $name = driver-local ] || master_of=$master
    for i in $(seq "$times"); do
      start_run "$name" --master "$master_of" --set checkpoint.steps=7 --resume
      step=$((180 * i / (times + 1)))
      wait_until reached "$name" $((step + RANDOM % (180 / (times + 1))))
      kill -9 "$run"
      wait "$run" 2>/dev/null || true
      echo "     $name killed after step $(step_of "$name"), checkpoints: $(ls "$work/$name/checkpoints" | tr '\n' ' ')"
    done
    start_run "$name" --master "$master_of" --set checkpoint.steps=7 --resume
    same_bits "$name"
    [ "$(grep -c "resumed from" "$work/$name.log")" = "$times" ] || wrong "$name was not resumed $times times" "$name"
  done
}

start_run local --master 'local[2]'
same_bits local
master=$("$firesteel" cluster up --workers 2 --cores 1 --memory 2g)
start_run cluster --master "$master"
same_bits cluster
for fault in "$@"; do
  echo "== $fault"
  "fault_$fault"
done

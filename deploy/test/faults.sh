#!/usr/bin/env bash
# Faults on purpose, in real processes: whatever is killed or paused, and whenever, the weights are those of the run that nobody disturbed.
# faults.sh [TIMES] [FAULT]...: TIMES moments for each kill (3), of FAULTs executor, worker, driver, speculation, allocation, security.
# shellcheck source=deploy/test/runs.sh
. "$(dirname "${BASH_SOURCE[0]}")/runs.sh"
times=3
case ${1:-} in
  [1-9]*)
    times=$1
    shift
    ;;
esac
[ $# -gt 0 ] || set -- executor worker driver speculation allocation security

# Waits for a random moment of run $1: a random noted step from 10 to 180, and a moment more.
random_moment() {
  wait_until reached "$1" $((RANDOM % 18 * 10 + 10))
  a_moment
}

# Waits up to 0.4 s, since only every tenth step is noted and a kill is to land in any, and anywhere in it.
a_moment() {
  sleep "$(printf '0.%03d' $((RANDOM % 400)))"
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
    echo "     longest step $(step_seconds max "$name") s, undisturbed $(step_seconds max cluster) s"
    # Seconds are asserted in the long form alone: a busy machine must not fail a build.
    [ "$times" -lt 10 ] || awk "BEGIN { exit !($(step_seconds max "$name") <= $(step_seconds max cluster) + 2) }" ||
      wrong "a step of $name took $(step_seconds max "$name") s, wanted at most 2 s more than $(step_seconds max cluster) s" "$name"
  done
}

# A worker and its executor are killed; the rest goes on alone.
fault_worker() {
  local i name
  for i in $(seq "$times"); do
    name=worker-$i
    start_run "$name" --master "$master"
    random_moment "$name"
    kill -9 "$(cat "$FIRESTEEL_CLUSTER_DIR/worker-2.pid")" "$(executor_of 2)"
    echo "     worker and executor killed after step $(step_of "$name")"
    same_bits "$name"
    "$firesteel" cluster up >/dev/null # brings it back
  done
}

# True when run $1 was resumed $2 times.
resumed() {
  [ "$(grep -c "resumed from" "$work/$1.log")" = "$2" ]
}

# The driver is killed again and again, and resumed each time; the last time, half a checkpoint lies there too.
fault_driver() {
  local name i master_of step
  for name in driver-local driver-cluster; do
    master_of='local[2]'
    [ $name = driver-local ] || master_of=$master
    for i in $(seq "$times"); do
      start_run "$name" --master "$master_of" --set checkpoint.steps=7 --resume
      step=$((180 * i / (times + 1)))
      wait_until resumed "$name" $((i - 1)) # until then the steps that are noted are those of the run before
      wait_until reached "$name" $((step + RANDOM % (180 / (times + 1))))
      a_moment
      kill -9 "$run"
      wait "$run" 2>/dev/null || true
      echo "     $name killed after step $(step_of "$name"); checkpoints:" "$(cd "$work/$name/checkpoints" && echo *)"
    done
    mkdir "$work/$name/checkpoints/step-0000000199.part"
    echo half >"$work/$name/checkpoints/step-0000000199.part/state.safetensors"
    start_run "$name" --master "$master_of" --set checkpoint.steps=7 --resume
    same_bits "$name"
    [ ! -e "$work/$name/checkpoints/step-0000000199.part" ] || wrong "the half checkpoint is still in $name/checkpoints"
    resumed "$name" "$times" || wrong "$name was not resumed $times times" "$name"
  done
}

# Starts run $1 with speculation and the options that follow, and pauses an executor; its process id is $slow.
pause_an_executor() {
  log_events "$1"
  start_run "$1" --master "$master" "${events[@]}" --conf spark.speculation=true --conf spark.speculation.quantile=0.5 "${@:2}"
  random_moment "$1"
  slow=$(executor_of 2)
  kill -STOP "$slow"
  started+=("$slow")
  echo "     executor paused after step $(step_of "$1")"
}

# An executor is paused in mid-run. With a job per step, a copy of its task elsewhere is faster; tasks that stay are given up, and its
# shards are read again elsewhere. What it says when it goes on counts for nothing.
fault_speculation() {
  pause_an_executor speculation --gradients spark
  wait_until logged speculation '"Speculative":true'
  kill -CONT "$slow"
  same_bits speculation
  pause_an_executor stalled
  same_bits stalled
  kill -CONT "$slow" 2>/dev/null || true # it may have ended with its application
  grep -q "a task has taken more than" "$work/stalled.log" || wrong "stalled waited for the paused executor" stalled
}

# Executors come when tasks have waited for a second and go when they had nothing to do for one: three long shards in two parts.
fault_allocation() {
  local long=(--set batch=9000 --set shards=3 --set stop.steps=5 --set 'model[3].filters=150') # some seconds a step
  local allocation=("${long[@]}" --partitions 2 --conf spark.dynamicAllocation.enabled=true
    --conf spark.dynamicAllocation.shuffleTracking.enabled=true --conf spark.dynamicAllocation.minExecutors=1
    --conf spark.dynamicAllocation.maxExecutors=2 --conf spark.dynamicAllocation.executorIdleTimeout=1s
    --conf spark.dynamicAllocation.cachedExecutorIdleTimeout=1s)
  start_run fixed --master 'local[2]' "${long[@]}"
  succeeds fixed
  log_events allocation
  start_run allocation --master "$master" "${events[@]}" "${allocation[@]}" --gradients spark
  same_bits allocation fixed
  local came gone
  came=$(events_of allocation SparkListenerExecutorAdded) gone=$(events_of allocation SparkListenerExecutorRemoved)
  echo "     executors came $came times and went $gone times"
  if [ "$came" -lt 2 ] || [ "$gone" -lt 1 ]; then
    wrong "executors came $came times and went $gone times, wanted 2 and 1 or more"
  fi
  log_events growing
  start_run growing --master "$master" "${events[@]}" "${allocation[@]}" # a job per step asks for the second, then tasks stay
  same_bits growing fixed
  [ "$(events_of growing SparkListenerExecutorAdded)" -ge 2 ] || wrong "growing got no second executor" growing
}

# Authentication, encrypted connections and blocks, on a cluster that asks for them; tasks stay there, too.
fault_security() {
  local secret=(--conf spark.authenticate=true --conf spark.authenticate.secret=steel --conf spark.network.crypto.enabled=true)
  export FIRESTEEL_CLUSTER_DIR=$work/secure-cluster
  log_events security
  start_run security --master "$("$firesteel" cluster up --workers 2 --cores 1 --memory 2g "${secret[@]}")" "${secret[@]}" \
    --conf spark.io.encryption.enabled=true "${events[@]}"
  same_bits security
  "$firesteel" cluster down >/dev/null
  export FIRESTEEL_CLUSTER_DIR=$work/cluster
  [ "$(field gradients security)" = spark-persistent ] || wrong "security ran with $(field gradients security)"
  [ "$(events_of security SparkListenerJobEnd)" -lt 100 ] ||
    wrong "the event log has $(events_of security SparkListenerJobEnd) jobs, wanted less than 100 for 200 steps"
}

start_run local --master 'local[2]'
succeeds local
[ "$(field examples local)" = $((5 * 9000 + 20 * 256)) ] || wrong "local saw $(field examples local) rows, wanted 50120" # 36 steps an epoch
master=$("$firesteel" cluster up --workers 2 --cores 1 --memory 2g)
start_run cluster --master "$master"
same_bits cluster
for fault in "$@"; do
  echo "== $fault"
  "fault_$fault"
done

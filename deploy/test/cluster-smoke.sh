#!/usr/bin/env bash
# One run, the same bits: in this process, in processes of Spark's local-cluster, and on a standalone cluster in both deploy modes.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
firesteel=$root/deploy/bin/firesteel
work=$(mktemp -d)
export FIRESTEEL_CLUSTER_DIR=$work/cluster

# Ends the cluster whatever happened.
clean_up() {
  "$firesteel" cluster down
  rm -rf "$work"
}
trap clean_up EXIT

# Trains on master $2 into folder $1, with the options that follow, and checks the hash of the weights against the first run's.
wanted=
trains() {
  local name=$1 found
  echo "== $name"
  "$firesteel" train "$root/examples/fashion-lenet/run.json" --set epochs=1 --set batch=250 --out "$work/$name" --master "${@:2}"
  found=$(sed -n 's/.*"weightsSha256" : "\(.*\)".*/\1/p' "$work/$name/summary.json")
  wanted=${wanted:-$found}
  if [ -z "$found" ] || [ "$found" != "$wanted" ]; then
    echo "$name: weightsSha256 is ${found:-missing}, wanted $wanted" >&2
    exit 1
  fi
}

trains local 'local[2]'
trains local-cluster 'local-cluster[2,1,1024]'
master=$("$firesteel" cluster up --workers 2 --cores 1 --memory 2g)
"$firesteel" cluster status
trains standalone-client "$master"
trains standalone-cluster "$master" --deploy-mode cluster
echo "the same bits four times: $wanted"

#!/usr/bin/env bash
# runs.sh ROUNDS RUN.json CONTENDERS [KEY=VALUE]...: rows a second in the last epoch of whole runs, which take turns.
# CONTENDERS are masters of Spark, with blanks between them, and gloo: PyTorch's DistributedDataParallel on two processes of one thread,
# with the Python of $PYTHON; it trains the net of examples/fashion-mlp, whatever RUN.json has.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
rounds=$1 run=$2 contenders=$3
shift 3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
settings=()
batch=64 epochs=5
for setting in "$@"; do
  settings+=(--set "$setting")
  case $setting in batch=*) batch=${setting#*=} ;; epochs=*) epochs=${setting#*=} ;; esac
done

# Prints the rows a second of contender $1.
rate() {
  if [ "$1" = gloo ]; then
    "${PYTHON:-python3}" "$here/gloo.py" "$here/../examples/data/full" "$batch" "$epochs" 2>"$work/log"
    return
  fi
  rm -rf "$work/out"
  env -u SPARK_HOME "$here/../deploy/bin/firesteel" train "$run" "${settings[@]}" --master "$1" --out "$work/out" >"$work/log" 2>&1
  grep -o '"examplesPerSecond":[0-9.]*' "$work/out/metrics.jsonl" | tail -n 1 | cut -d : -f 2
}

median() {
  sort -g "$1" | awk '{ v[NR] = $1 } END { print (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2 }'
}

for round in $(seq "$rounds"); do
  i=0
  for contender in $contenders; do
    found=$(rate "$contender") || {
      tail -n 3 "$work/log" >&2
      exit 1
    }
    printf 'round %s  %-28s %9.0f rows/s\n' "$round" "$contender" "$found"
    echo "$found" >>"$work/rates-$i"
    i=$((i + 1))
  done
done
i=0
for contender in $contenders; do
  printf 'median   %-28s %9.0f rows/s, %.2f of the first\n' "$contender" "$(median "$work/rates-$i")" \
    "$(echo "$(median "$work/rates-$i") $(median "$work/rates-0")" | awk '{ print $1 / $2 }')"
  i=$((i + 1))
done

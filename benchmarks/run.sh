#!/usr/bin/env bash
# Runs one benchmark: benchmarks/run.sh NAME [ARGUMENT]...; without a name it lists them. Builds first, says on which machine and with
# which versions, and takes away the variables that hold OpenBLAS below what the processor can do.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
target=$root/benchmarks/target
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
command="benchmarks/run.sh $*"

usage() {
  cat >&2 <<'END'
benchmarks/run.sh NAME [ARGUMENT]...; arguments may be left out from the right; loop, runs, noise and fits need examples/data/fetch.sh
  steps [NETS] [BATCHES] [WARM-UP SECONDS] [PAIRS]          a training step against libtorch, with oneDNN and with im2col
                                                            (mlp,lenet,cnn,vgg 32,64,256 10 12)
  kernels [PATTERN]                                         kernels by JMH (.*)
  overhead [MASTER] [WARM-UP SECONDS] [SECONDS] [CASES]     what a step costs beyond compute, by each source of gradients
                                                            (local[2] 10 10 1e5:2,1e6:2,1e6:16,1e5:64,1e5:256)
  runs [ROUNDS] [RUN.json] [CONTENDERS] [KEY=VALUE]...      whole runs on several masters, and by PyTorch's gloo, in turns
                                                            (3 examples/fashion-mlp/run.json "local[2] local-cluster[2,1,2048]")
  endurance [MASTER] [STEPS] [SOURCE] [SHIFT SECONDS]       what many steps leave behind
                                                            (local-cluster[2,2,1024] 50000 spark-persistent 0.25)
  loop [RUN.json] [KEY=VALUE]...                            what the training loop adds to a bare step (examples/fashion-mlp)
  noise [RUN.json] [KEY=VALUE]...                           what the noise scale costs (examples/fashion-mlp)
  sparse-rows [MASTER] [ROWS]                               rows of 100,000 sparse features, and the memory (local[2] 1000000)
  read [ROWS] [ROUNDS]                                      reading CSV, Parquet and LIBSVM until the first step, against Spark reading
                                                            the files and doing nothing (1200000 5; the CSV file has about 1 GB)
  fits [ROUNDS] [SETTING]...                                whole fits against Spark's MLP (3);
                                                            a setting such as mllib:128:40 or firesteel:128:0.004:Cosine:1000
END
  exit 2
}

# What the figures depend on.
print_machine() {
  local jars
  jars=$(tr : '\n' <"$target/classpath" | sed -nE '/linux/! s#.*/((spark-core|openblas|dnnl|pytorch)[-_][^/]*)\.jar$#\1#p')
  echo "machine   $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1), $(getconf _NPROCESSORS_ONLN) cores, $(uname -srm)"
  echo "java      $("$java" -version 2>&1 | head -n 1)"
  echo "versions  $(git -C "$root" describe --always --dirty 2>/dev/null || echo 'no commit'), $(echo $jars)"
  echo "command   $command"
}

# Starts class $1 with the flags that Spark needs and the arguments that follow.
run() {
  "$java" "@$root/deploy/conf/jvm.options" --add-modules=jdk.incubator.vector -Xmx"${heap:-3g}" -cp "$classpath" "io.firesteel.bench.$1" "${@:2}"
}

case ${1:-} in steps | kernels | overhead | runs | endurance | loop | noise | sparse-rows | read | fits) ;; *) usage ;; esac
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE
(cd "$root" && mvn -B -q -Pbench -Dfast -DskipTests -pl benchmarks -am package)
classpath=$target/classes:$(cat "$target/classpath")
export SPARK_HOME=$target/spark-home SPARK_SCALA_VERSION=2.13 SPARK_LOCAL_IP=127.0.0.1
print_machine
name=$1
shift
case $name in
  steps)
    for convolution in onednn im2col; do
      "$java" -Xmx4g "-Djava.library.path=$target" "-Dfiresteel.convolution=$convolution" -cp "$classpath" io.firesteel.bench.StepRace \
        "${1:-mlp,lenet,cnn,vgg}" "${2:-32,64,256}" "${3:-10}" "${4:-12}" "$target/steps-$convolution.json"
    done
    ;;
  kernels) "$java" -Xmx4g -cp "$classpath" org.openjdk.jmh.Main "${1:-.*}" -rf json -rff "$target/kernels.json" ;;
  overhead) run StepOverhead "$@" ;;
  runs)
    "$root/benchmarks/runs.sh" "${1:-3}" "${2:-$root/examples/fashion-mlp/run.json}" "${3:-local[2] local-cluster[2,1,2048]}" "${@:4}"
    ;;
  endurance) run Endurance "${1:-local-cluster[2,2,1024]}" "${2:-50000}" "${3:-spark-persistent}" "${4:-0.25}" ;;
  loop) run LoopOverhead "${@:-$root/examples/fashion-mlp/run.json}" ;;
  noise) run NoiseCost "${@:-$root/examples/fashion-mlp/run.json}" ;;
  sparse-rows) run WideSparseFit "${1:-local[2]}" "${2:-1000000}" ;;
  read) run ReadRace "$target/read-${1:-1200000}" "${1:-1200000}" "${2:-5}" ;;
  fits) OMP_NUM_THREADS=1 heap=4g run FitRace "$root/examples/data/full" "$target/tables" "${1:-3}" "${@:2}" ;;
esac

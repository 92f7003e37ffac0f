# shellcheck shell=bash
# firesteel cluster up|status|down: Spark's own standalone master and workers on this machine's loopback, for tests and for trying
# things out. Sourced by firesteel. Process ids, logs and the workers' folders are in $FIRESTEEL_CLUSTER_DIR or deploy/target/cluster.

# Runs one of the three verbs.
cluster() {
  local workers=2 cores=1 memory=2g port=0 verb=${1:-}
  conf=()
  home=${FIRESTEEL_CLUSTER_DIR:-$deploy/target/cluster}
  case $home in /*) ;; *) home=$PWD/$home ;; esac
  [ $# -eq 0 ] || shift
  while [ $# -gt 0 ]; do
    [ "$verb" = up ] || fail "cluster $verb takes no $1"
    case $1 in --workers | --cores | --memory | --port | --conf) ;; *) fail "cluster up: unknown option $1; wanted $usage" ;; esac
    [ $# -ge 2 ] || fail "$1 needs a value"
    case $1:$2 in
      --workers:[1-9] | --workers:[1-9][0-9]) workers=$2 ;;
      --cores:[1-9] | --cores:[1-9][0-9] | --cores:[1-9][0-9][0-9]) cores=$2 ;;
      --memory:[1-9]*[mg]) memory=$2 ;;
      --port:[1-9]*) port=$2 ;;
      --conf:spark.*=*) conf+=("-D$2") ;;
      *) fail "cluster up: $1 $2; wanted $usage" ;;
    esac
    shift 2
  done
  case $verb in
    up) cluster_up "--workers $workers --cores $cores --memory $memory${conf[*]+ with ${conf[*]}}" ;;
    status) cluster_status ;;
    down) cluster_down ;;
    *) fail "cluster ${verb:+$verb: }wanted up, status or down" ;;
  esac
}

usage="--workers 2 --cores 1 --memory 2g --port 7077 --conf spark.key=value, the port a free one if not given"

# Starts what is not running and prints the master's URL once every worker has registered. $1 is what was asked for, in words.
cluster_up() {
  local worker
  prepare
  if alive master; then
    [ "$1" = "$(cat "$home/settings")" ] ||
      fail "a cluster with $(cat "$home/settings") is up; end it with firesteel cluster down, or set FIRESTEEL_CLUSTER_DIR for another"
  else
    end_all
    rm -rf "$home"
    mkdir -p "$home"
    echo "$1" >"$home/settings"
    start master 127.0.0.1 org.apache.spark.deploy.master.Master --port "$port" --webui-port 0
    wait_for 60 "the master" find_master
  fi
  for worker in $(seq "$workers"); do
    alive "worker-$worker" || start "worker-$worker" "$(host_of "$worker")" org.apache.spark.deploy.worker.Worker --port 0 --webui-port 0 \
      -c "$cores" -m "$memory" -d "$home/work-$worker" "$(cat "$home/url")"
  done
  wait_for 60 "$workers workers" all_registered
  cat "$home/url"
}

# The address of worker $1: each its own where all of 127/8 is loopback, so that Spark treats them as it treats several machines.
host_of() {
  if [ "$(uname)" = Linux ]; then echo "127.0.0.$1"; else echo 127.0.0.1; fi
}

# Starts class $3 as process $1 on address $2, detached from this shell. The property is how its process is known again.
start() {
  local name=$1 host=$2
  shift 2
  SPARK_HOME=$spark SPARK_SCALA_VERSION=2.13 SPARK_LOCAL_IP=$host SPARK_PUBLIC_DNS=$host \
    nohup "$java" "${flags[@]}" -Xmx512m "-Dfiresteel.cluster=$home" -Dspark.port.maxRetries=0 -Dspark.master.rest.enabled=false \
    -Dspark.worker.cleanup.enabled=true -Dspark.worker.cleanup.interval=600 -Dspark.worker.cleanup.appDataTtl=3600 \
    ${conf[@]+"${conf[@]}"} -cp "$spark/jars/*" "$1" --host "$host" "${@:2}" </dev/null >"$home/$name.log" 2>&1 &
  echo $! >"$home/$name.pid"
}

# Waits up to $1 seconds for $2, until the command $3 says it is there; ends at once when a process of the cluster has died.
wait_for() {
  local name tries=$(($1 * 5))
  until "$3"; do
    for name in $(names); do
      alive "$name" || fail_up "$name died: $(grep -hE '(Exception|Error): ' "$home/$name.log" | head -n 1)"
    done
    tries=$((tries - 1))
    [ $tries -gt 0 ] || fail_up "$2 not there after $1 seconds; their logs are in $home"
    sleep 0.2
  done
}

# Ends what was started and fails with exit code 1.
fail_up() {
  end_all
  echo "firesteel: cluster up: $1" >&2
  exit 1
}

# Writes the addresses that the master has logged to $home/url and $home/ui.
find_master() {
  [ -f "$home/master.log" ] || return
  sed -n 's/.*Starting Spark master at \(spark:[^ ]*\).*/\1/p' "$home/master.log" >"$home/url"
  sed -n 's/.*MasterWebUI.* started at \(http:[^ ]*\).*/\1/p' "$home/master.log" >"$home/ui"
  [ -s "$home/url" ] && [ -s "$home/ui" ]
}

# True when the master counts as many workers alive as were started.
all_registered() {
  [ "$(ask_master | field aliveworkers)" = "$(names | grep -c worker)" ]
}

# The master's state as JSON, asked over plain HTTP on loopback.
ask_master() {
  local port
  port=$(sed 's/.*://' "$home/ui")
  (
    exec 3<>"/dev/tcp/127.0.0.1/$port"
    printf 'GET /json/ HTTP/1.0\r\n\r\n' >&3
    cat <&3
  ) 2>/dev/null
}

# The number in field $1 of the JSON on standard input; the two blanks keep it to the outermost object.
field() {
  sed -n "s/^  \"$1\" *: *\([0-9]*\).*/\1/p"
}

# The processes of this cluster, dead ones too.
names() {
  find "$home" -maxdepth 1 -name '*.pid' -exec basename {} .pid \; 2>/dev/null | sort -r
}

# True when process $1 runs and is still the one that was started here: process ids are used again.
alive() {
  [ -f "$home/$1.pid" ] &&
    ps -ww -o args= -p "$(cat "$home/$1.pid")" 2>/dev/null | grep -qF -- "-Dfiresteel.cluster=$home "
}

# Ends every process of this cluster, workers first; those that do not end by themselves in ten seconds are killed.
end_all() {
  local name tries=50
  for name in $(names); do
    if alive "$name"; then kill "$(cat "$home/$name.pid")"; fi
  done
  for name in $(names); do
    while alive "$name" && [ $tries -gt 0 ]; do
      tries=$((tries - 1))
      sleep 0.2
    done
    if alive "$name"; then kill -9 "$(cat "$home/$name.pid")"; fi
    rm -f "$home/$name.pid"
  done
}

# Prints the master's URL, the workers alive and the applications; exit code 1 when there is no master.
cluster_status() {
  local state
  if ! alive master; then
    echo "firesteel: no cluster is up in $home; start one with firesteel cluster up" >&2
    exit 1
  fi
  state=$(ask_master)
  echo "$(cat "$home/url") ($(cat "$home/ui")): $(field aliveworkers <<<"$state") of $(names | grep -c worker) workers alive," \
    "$(field coresused <<<"$state") of $(field cores <<<"$state") cores used"
  sed -n '/"activeapps"/,/"completedapps"/ s/.*"name" : "\(.*\)",*$/running: \1/p' <<<"$state"
}

# Ends the cluster; it is no error when there is none.
cluster_down() {
  if [ -z "$(names)" ]; then
    echo "no cluster is up in $home"
  else
    end_all
    echo "ended; logs are in $home"
  fi
}

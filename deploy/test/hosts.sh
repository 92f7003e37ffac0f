#!/usr/bin/env bash
# Two hosts, which are two network namespaces joined by a cable; the cable is pulled in mid-run, and the run ends with the same bits on
# the host that is left, in bounded time. Needs root and Debian's iproute2; says so and ends well without.
# shellcheck source=deploy/test/runs.sh
. "$(dirname "${BASH_SOURCE[0]}")/runs.sh"
limit=180 # seconds that a run may stand still

here=firesteel-here-$$ there=firesteel-there-$$
if ! command -v ip >/dev/null || ! said=$(ip netns add "$here" 2>&1 && ip netns add "$there" 2>&1); then
  echo "skipped: no network namespaces (${said:-no ip; install iproute2})"
  exit
fi

# Ends the processes of both hosts, then the hosts, then the rest.
end_hosts() {
  local host
  for host in "$here" "$there"; do
    ip netns pids "$host" | xargs -r kill -9
    ip netns del "$host"
  done
  clean_up
}
trap end_hosts EXIT

# Gives host $1 the end $2 of the cable and address $3.
plug() {
  ip link set "$2" netns "$1"
  ip -n "$1" address add "$3/24" dev "$2"
  ip -n "$1" link set lo up
  ip -n "$1" link set "$2" up
}

# Starts class org.apache.spark.deploy.$3 on host $1, whose address is $2; log and process id as for a cluster.
spark_on() {
  SPARK_HOME=$root/deploy/target/spark SPARK_SCALA_VERSION=2.13 SPARK_LOCAL_IP=$2 ip netns exec "$1" java "@$root/deploy/conf/jvm.options" \
    -Xmx512m -cp "$root/deploy/target/spark/jars/*" "org.apache.spark.deploy.$3" --host "$2" "${@:4}" >"$work/$1-${3##*.}.log" 2>&1 &
  run=$!
  disown # or the shell tells of its end
}

# True when the log of class $2 on host $1 has $3.
says() {
  grep -qs "$3" "$work/$1-$2.log"
}

ip link add fs-a$$ type veth peer name fs-b$$
plug "$here" fs-a$$ 10.77.0.1
plug "$there" fs-b$$ 10.77.0.2
"$firesteel" --version >/dev/null # builds
start_run local --master 'local[2]'
succeeds local

master=spark://10.77.0.1:7077
spark_on "$here" 10.77.0.1 master.Master --port 7077 --webui-port 0
wait_until says "$here" Master "Starting Spark master"
spark_on "$here" 10.77.0.1 worker.Worker --webui-port 0 -c 1 -m 2g -d "$work/here" $master
spark_on "$there" 10.77.0.2 worker.Worker --webui-port 0 -c 1 -m 2g -d "$work/there" $master
wait_until says "$here" Worker "Successfully registered"
wait_until says "$there" Worker "Successfully registered"

# What start_run calls from now on; its process id is the driver's.
firesteel_here() { SPARK_LOCAL_IP=10.77.0.1 exec ip netns exec "$here" "$root/deploy/bin/firesteel" "$@"; }
firesteel=firesteel_here
start_run cut --master $master --set checkpoint.steps=20
wait_until reached cut 60
[ "$(ip netns pids "$there" | wc -l)" = 2 ] || wrong "no executor on the other host" cut
ip -n "$there" link set fs-b$$ down
echo "     cable pulled after step $(step_of cut)"
same_bits cut
awk "BEGIN { exit !($(step_seconds max cut) < $limit) }" || wrong "a step took $(step_seconds max cut) s, wanted less than $limit s" cut

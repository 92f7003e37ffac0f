#!/usr/bin/env bash
# What bin/firesteel hands to Java and to spark-submit, and what it says when it cannot; with stand-ins that print their arguments.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
firesteel=$root/deploy/bin/firesteel
lib=$root/deploy/target/lib
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset SPARK_HOME SPARK_CONF_DIR SPARK_LOCAL_IP HADOOP_CONF_DIR FIRESTEEL_BLAS FIRESTEEL_CLUSTER_DIR JAVA_HOME
"$firesteel" --version >/dev/null # builds

# A program $1 that prints what it was called with, an argument a line, and two variables.
stand_in() {
  mkdir -p "$(dirname "$1")"
  cat >"$1" <<'END'
#!/usr/bin/env bash
if [ "$*" = -version ]; then echo 'openjdk version "17.0.1" 2021-10-19' >&2; exit; fi
printf '<%s>\n' "${0##*/}" "$@" "OMP_NUM_THREADS=${OMP_NUM_THREADS:-}" "SPARK_LOCAL_IP=${SPARK_LOCAL_IP:-}" \
  "LC_ALL=${LC_ALL:-}"
END
  chmod +x "$1"
}
stand_in "$work/java/bin/java"
stand_in "$work/spark/bin/spark-submit"
mkdir -p "$work/spark/jars" "$work/spark/conf" "$work/old/jars" "$work/empty"
touch "$work/spark/jars/spark-core_2.13-4.2.0.jar" "$work/old/jars/spark-core_2.12-3.5.0.jar"
cp -r "$work/spark/bin" "$work/old/bin"

passed=0 failed=0

# when VARIABLE=VALUE... firesteel ARGUMENT...: keeps all that it prints in $said and its exit code in $code.
when() {
  local with=("JAVA_HOME=$work/java")
  while [ "$1" != firesteel ]; do
    with+=("$1")
    shift
  done
  code=0
  said=$(env "${with[@]}" "$firesteel" "${@:2}" 2>&1) || code=$?
}

# Counts $1, the sentence, as passed when command $2... is true.
it() {
  if "${@:2}"; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    printf 'FAILED: %s; exit code %s, said:\n%s\n' "$1" "$code" "$said" >&2
  fi
}

# True when the lines $1... stand in $said, one right after the other.
has() {
  local lines
  lines=$(printf '<%s>\n' "$@")
  [[ $'\n'$said$'\n' == *$'\n'"$lines"$'\n'* ]]
}
has_no() { [[ $said != *"$1"* ]]; }
says() { [[ $said == *"$1"* ]]; }
fails_with() { [ "$code" = 2 ] && [ "$said" = "firesteel: $1" ]; }

when firesteel train "a b.json" --master 'local[2]' --set "x=y z" --conf "spark.a=1 2" --out o
it "a command's arguments keep their order and blanks" has spark-internal train "a b.json" --set "x=y z" --out o
it "--master is Spark's" has --master 'local[2]' --deploy-mode client --class io.firesteel.cli.Firesteel
it "--conf is Spark's" has --conf "spark.a=1 2"
it "a local master needs no jars sent" has_no --jars
it "one BLAS thread" has OMP_NUM_THREADS=1
it "a local master stays on loopback" has SPARK_LOCAL_IP=127.0.0.1
it "no warning of the Vector API" has_no incubator

when firesteel --master=local train --conf=spark.b=2 -- --master x
it "Spark's options may come first, and with =" has --master local
it "what follows -- is Firesteel's" has spark-internal train -- --master x

when firesteel train r
it "the default master is local[*]" has --master 'local[*]'

when firesteel train r --conf spark.driver.memory=3g --conf spark.driver.extraJavaOptions="-Da=1 -Db=2"
it "driver memory and options reach the driver's Java" has -Xmx3g -Da=1 -Db=2 -cp "$root/deploy/conf:$lib/*:$root/deploy/target/spark/jars/*"
when firesteel train r --conf spark.driver.memory=600
it "Spark's memory without a unit is MiB" has -Xmx600m

when firesteel inspect r.json
it "inspect goes straight to Firesteel" has io.firesteel.cli.Firesteel inspect r.json
it "and not through Spark's submit" has_no SparkSubmit

when FIRESTEEL_BLAS=java firesteel train r --master spark://h:7077 --conf spark.jars=mine.jar
it "any other master is sent the jars" says "<mine.jar,$lib/"
it "the driver's jar is the application" has "$(echo "$lib"/firesteel-spark_*.jar)" train r
it "netlib is never sent: it is Spark's" has_no netlib
it "executors get one BLAS thread" has --conf spark.executorEnv.OMP_NUM_THREADS=1
it "executors get the FIRESTEEL_ variables" has --conf spark.executorEnv.FIRESTEEL_BLAS=java
it "the Java BLAS gets the Vector API" has --add-modules=jdk.incubator.vector
it "a master elsewhere chooses its own address" has SPARK_LOCAL_IP=

when firesteel train r --master 'local-cluster[2,1,1024]'
it "local-cluster's executors share the jars" has --conf "spark.executor.extraClassPath=$lib/*"

when "SPARK_HOME=$work/spark" firesteel train r
it "SPARK_HOME's spark-submit is used" says "<spark-submit>"
it "with the same arguments" has spark-internal train r
it "with Firesteel's jars before Spark's" has --driver-class-path "$lib/*"
it "with Firesteel's logging" says "-Dlog4j2.configurationFile='$root/deploy/conf/log4j2.properties'"
touch "$work/spark/conf/log4j2.properties"
printf 'spark.master  yarn\nspark.driver.memory=5g\n' >"$work/spark/conf/spark-defaults.conf"
when "SPARK_HOME=$work/spark" firesteel train r
it "unless Spark has its own" has_no log4j2
it "spark-defaults.conf gives the master" has --master yarn
it "and the driver's memory" has --conf spark.driver.memory=5g
when "SPARK_HOME=$work/spark" firesteel train r --deploy-mode cluster
it "a driver in the cluster gets its variables too" has --conf spark.yarn.appMasterEnv.OMP_NUM_THREADS=1
it "and no path of this machine" has_no --driver-class-path

when "SPARK_HOME=$work/old" firesteel train r
it "another Spark is refused" fails_with \
  "SPARK_HOME=$work/old is not Spark 4 for Scala 2.13; set it to one, or unset it to use the project's own"
when firesteel train r --master yarn
it "YARN needs a distribution" fails_with "--master yarn needs a distribution of Spark; set SPARK_HOME to a Spark 4 for Scala 2.13"
when "JAVA_HOME=$work/empty" firesteel train r
it "no Java" fails_with "no $work/empty/bin/java found; install a JDK 17 or newer and put it on the PATH or in JAVA_HOME"
mkdir -p "$work/eleven/bin"
sed 's/17.0.1/11.0.2/' "$work/java/bin/java" >"$work/eleven/bin/java"
chmod +x "$work/eleven/bin/java"
when "JAVA_HOME=$work/eleven" firesteel train r
it "an old Java" fails_with "$work/eleven/bin/java is version 11, wanted 17 or newer; set JAVA_HOME to a newer JDK"
sed 's/17.0.1/26/' "$work/java/bin/java" >"$work/eleven/bin/java"
when "JAVA_HOME=$work/eleven" firesteel inspect r
it "a Java beyond what Spark runs on" fails_with "$work/eleven/bin/java is version 26, the Spark in $root/deploy/target/spark runs on \
17 to 25; set JAVA_HOME to such a JDK, as 17 or 21"
for version in 21.0.4 25.0.1; do
  sed "s/17.0.1/$version/" "$work/java/bin/java" >"$work/eleven/bin/java"
  when "JAVA_HOME=$work/eleven" firesteel train r
  it "Java $version is fine" has spark-internal train r
done
touch "$work/spark/jars/hadoop-client-api-3.4.2.jar"
when "JAVA_HOME=$work/eleven" "SPARK_HOME=$work/spark" firesteel train r
it "but not with the Hadoop of older Sparks" says "is version 25, the Spark in $work/spark runs on 17 to 23; set JAVA_HOME"
rm "$work/spark/jars/hadoop-client-api-3.4.2.jar"

mkdir "$work/conf"
# what Spark reads as Java's properties: line ends of Windows, blanks at the end, a colon or =, comments, a line that goes on
printf '#spark.master a\r\n  ! b\r\nspark.driver.memory: 3g  \r\nspark.master=\tlocal[3]\t\r\nspark.driver.extraJavaOptions -Da=\\\r\n  "1 2" -Db=3\r\n' \
  >"$work/conf/spark-defaults.conf"
when "SPARK_CONF_DIR=$work/conf" firesteel train r
it "spark-defaults.conf is read as properties of Java" has --master 'local[3]'
it "memory has no blanks" has -Xmx3g "-Da=1 2" -Db=3 -cp "$root/deploy/conf:$lib/*:$root/deploy/target/spark/jars/*"
when firesteel train r --conf "spark.driver.extraJavaOptions=-Da='x y' \"-Db=z \" -Dc=1"
it "quotes hold the blanks of Java's options" has "-Da=x y" "-Db=z " -Dc=1 -cp
when firesteel train r --conf "spark.driver.extraJavaOptions=-Da='x y"
it "an open quote is refused" fails_with "options of the driver's Java,  -Da='x y: a quote is not closed"
when firesteel train r --conf spark.driver.defaultJavaOptions=-Da=1 --conf spark.driver.extraJavaOptions=-Da=2
it "default options come before the user's" has -Da=1 -Da=2 -cp
when firesteel inspect r --conf spark.hadoop.a=b --conf "spark.c=d e"
it "Spark's settings hold for commands without Spark's submit" has -Dspark.hadoop.a=b "-Dspark.c=d e" -cp
when LC_ALL= LC_CTYPE= LANG= firesteel train r --master spark://h:7077
it "names beyond ASCII are read in a container's locale" has LC_ALL=C.UTF-8
it "and on executors" has --conf spark.executorEnv.LC_ALL=C.UTF-8
when LC_ALL=de_DE.UTF-8 firesteel train r
it "any other locale is the user's" has LC_ALL=de_DE.UTF-8

when firesteel train --master
it "an option without its value" fails_with "--master needs a value"
when firesteel train --conf spark.x
it "a setting without its value" fails_with "--conf spark.x: wanted key=value"
when firesteel train --deploy-mode here
it "an unknown deploy mode" fails_with "--deploy-mode here: wanted client or cluster"
when firesteel cluster up --workers none
it "an illegal number of workers" says "cluster up: --workers none; wanted --workers 2"

ln -s "$firesteel" "$work/link"
firesteel=$work/link
when firesteel train r
it "it may be called through a link" has spark-internal train r

echo "launcher: $passed passed, $failed failed"
[ "$failed" = 0 ]

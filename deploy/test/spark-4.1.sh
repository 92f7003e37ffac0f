#!/usr/bin/env bash
# One jar for Spark 4.1 and 4.2: what the default build has compiled, main code and tests, runs on Spark 4.1's class path. Nothing is
# compiled again.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
tests=${1:-TrainingTest,LocalClusterTest,EstimatorTest,ParquetTest}
[ -d driver/target/test-classes ] || mvn -B -q -Dfast -pl driver -am test-compile
mvn -B -Pspark-4.1 -Dmaven.main.skip=true -Dfast -pl driver -am compile surefire:test \
  "-Dtest=$tests" -Dsurefire.failIfNoSpecifiedTests=false

#!/usr/bin/env bash
# Writes the generated parts of docs/run-file.md and docs/study-file.md from the code.
set -euo pipefail
cd "$(dirname "$0")/.."
mvn -B -q -pl driver -am test -Dtest=ReferenceTest -Dsurefire.failIfNoSpecifiedTests=false -Ddocs.write=true -Dfast

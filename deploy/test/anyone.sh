#!/usr/bin/env bash
# Trains and predicts as a user id without a name, without a home, in the C locale, in folders of accented names: as in containers.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
firesteel=$root/deploy/bin/firesteel
"$firesteel" --version >/dev/null # builds
if [ "$(id -u)" != 0 ]; then
  echo "anyone: not root, who alone may become a user without a name; nothing was tested"
  exit
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 777 "$work"
cd "$work"
mkdir -m 777 données
printf 'a,label\n1,0\n2,1\n3,1\n4,0\n' >données/été.csv
cat >données/run.json <<'END'
{"data": {"train": {"type": "Csv", "path": "été.csv", "label": "label"}}, "model": [{"type": "Dense", "units": 2}],
 "loss": "SoftmaxCrossEntropy", "optimizer": "Sgd", "schedule": {"type": "Constant", "rate": 0.1}, "batch": 2, "epochs": 1,
 "shards": 2}
END
nobody() {
  setpriv --reuid=54321 --regid=54321 --clear-groups env -u LANG -u SPARK_HOME HOME=/nonexistent LC_ALL=C "$firesteel" "$@"
}
nobody inspect données/run.json
nobody train données/run.json --master 'local[2]' --out données/modèle
nobody predict données/modèle --data données/été.csv --out prévisions.csv --master 'local[2]'
[ "$(wc -l <prévisions.csv)" = 5 ]
echo "anyone: passed"

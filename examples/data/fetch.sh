#!/bin/sh
# Puts the full Fashion-MNIST (60,000 + 10,000 images) into examples/data/full and verifies every byte. Needs no root.
# It comes from the installed Debian package, else from that package's file, else from the publisher.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
full=$here/full

# SHA-256 of the decompressed bytes: Debian packs the same bytes into other .gz files than the publisher.
sums='c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888 train-images-idx3-ubyte.gz
bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9 train-labels-idx1-ubyte.gz
5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b t10k-images-idx3-ubyte.gz
0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34 t10k-labels-idx1-ubyte.gz'
names=$(echo "$sums" | cut -d ' ' -f 2)

# SHA-256 of standard input.
sha256() {
  if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi | cut -d ' ' -f 1
}

# True when folder $1 holds the four files, whole; names the first that is not in $fault.
whole() {
  while read -r sum name; do
    fault="$name is not there"
    [ -f "$1/$name" ] || return 1
    fault="$name holds other bytes than Fashion-MNIST"
    [ "$(gzip -dc "$1/$name" 2>/dev/null | sha256)" = "$sum" ] || return 1
  done <<END
$sums
END
}

# Each source fills folder $1 or fails.
# shellcheck disable=SC2317 # called by name below
from_installed_package() {
  for name in $names; do
    cp "/usr/share/datasets/fashion-mnist/$name" "$1" 2>/dev/null || return 1
  done
}

# shellcheck disable=SC2317
from_package_file() {
  (cd "$1" && apt-get download dataset-fashion-mnist && dpkg -x dataset-fashion-mnist_*.deb .) >/dev/null 2>&1 &&
    mv "$1"/usr/share/datasets/fashion-mnist/*.gz "$1"
}

# shellcheck disable=SC2317
from_publisher() {
  for address in https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion \
    http://fashion-mnist.s3-website.eu-central-1.amazonaws.com; do
    for name in $names; do
      curl --fail --location --silent --max-time 300 --output "$1/$name" "$address/$name" || continue 2
    done
    return 0
  done
  return 1
}

if [ -d "$full" ] && whole "$full"; then
  echo "$full holds Fashion-MNIST already"
  exit 0
fi
new=$(mktemp -d "$here/full.XXXXXX")
trap 'rm -rf "$new"' EXIT
trap 'exit 130' INT TERM
mkdir "$new/full"

faults=
for source in installed_package package_file publisher; do
  if ! "from_$source" "$new/full"; then
    faults="$faults; $source: not to be had"
  elif ! whole "$new/full"; then
    faults="$faults; $source: $fault"
  else
    mkdir "$new/four"
    for name in $names; do mv "$new/full/$name" "$new/four"; done
    chmod 755 "$new/four"
    rm -rf "$full"
    mv "$new/four" "$full"
    echo "Fashion-MNIST is in $full (from: $source)"
    exit 0
  fi
done
echo "fetch.sh: no whole Fashion-MNIST found (${faults#; }); put its four .gz files into $full and run this again" >&2
exit 1

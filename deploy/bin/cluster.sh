# firesteel cluster: not there yet.
cluster() {
  fail "cluster is not there yet"
}

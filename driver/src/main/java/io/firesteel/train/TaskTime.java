package io.firesteel.train;

import java.io.Serializable;

/**
 * What one task of a step took, measured where it ran: seconds. A plain class, since Kryo 4 cannot write records.
 */
final class TaskTime implements Serializable {
  private static final long serialVersionUID = 1;

  final String host;
  final int from; // its shards
  final int to;
  final double fetch; // until it had the parameters
  final double compute;
  final double gc; // of its whole process, while it ran; part of the others

  TaskTime(String host, int from, int to, double fetch, double compute, double gc) {
    this.host = host;
    this.from = from;
    this.to = to;
    this.fetch = fetch;
    this.compute = compute;
    this.gc = gc;
  }

  double seconds() { return fetch + compute; }
}

package io.firesteel.train;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * How sums get from the tasks to the driver: the word for it, and the rounds of merging on executors.
 *
 * @param name {@code in-process}, {@code spark} or {@code spark-slices}
 */
record Route(String name, List<Round> rounds) {
  static final List<String> NAMES = List.of("auto", "in-process", "spark", "spark-slices");
  /** Spark's setting for the tasks whose sums the driver takes; above it, middle levels merge. */
  static final String MOST = "spark.firesteel.driver.sums";
  /** Spark's setting for the slices of spark-slices; one a core where it is not set. */
  static final String SLICES = "spark.firesteel.slices";

  /**
   * The route that was asked for.
   *
   * @param name one of {@link #NAMES}
   * @param starts the first shard of each task
   * @param floats length of the gradient
   */
  static Route of(String name, JavaSparkContext spark, int[] starts, int shards, long floats) {
    boolean local = spark.isLocal() && !spark.master().startsWith("local-cluster");
    String chosen = name.equals("auto") ? auto(local, floats, starts.length) : name;
    return new Route(chosen, switch (chosen) {
      case "spark" -> Round.groups(starts, spark.getConf().getInt(MOST, 16), shards);
      case "spark-slices" -> Round.slices(spark.getConf().getInt(SLICES, spark.defaultParallelism()), shards);
      default -> List.of();
    });
  }

  private static String auto(boolean local, long floats, int tasks) {
    return local ? "in-process" : "spark";
  }
}

package io.firesteel.data;

import io.firesteel.array.Random64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.VoidFunction;

/** Rows as an RDD of portions, one a partition; a lost one is made again from its source. */
public final class Dealing {
  private static final Map<String, Queue<Portion>> HANDED = new ConcurrentHashMap<>();

  private Dealing() {}

  /** Partition i holds the shards [starts[i], starts[i + 1]). Reads nothing yet. */
  public static JavaRDD<Portion> over(JavaSparkContext spark, Rows rows, int[] starts) {
    return new Portions(rows.portions(spark, starts).rdd()).toJavaRDD();
  }

  /** The portions themselves, when Spark runs in this JVM; in the order of their shards. */
  public static List<Portion> inThisProcess(JavaRDD<Portion> portions) {
    String key = Long.toHexString(Random64.mix(System.nanoTime()));
    HANDED.put(key, new ConcurrentLinkedQueue<>());
    try {
      portions.foreach(new HandOver(key));
      return HANDED.get(key).stream().sorted(Comparator.comparingInt(portion -> portion.from)).toList();
    } finally {
      portions.unpersist(false);
      HANDED.remove(key);
    }
  }

  private record HandOver(String key) implements VoidFunction<Portion> {
    @Override public void call(Portion portion) { HANDED.get(key).add(portion); }
  }
}

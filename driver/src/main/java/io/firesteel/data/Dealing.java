package io.firesteel.data;

import io.firesteel.array.Random64;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.api.java.function.VoidFunction;
import org.apache.spark.storage.StorageLevel;

/** A dataset as an RDD of portions, one a partition, kept in memory; a lost one is read again from its source. */
public final class Dealing {
  private static final Map<String, Queue<Portion>> HANDED = new ConcurrentHashMap<>();

  private Dealing() {}

  /** Partition i holds the shards [starts[i], starts[i + 1]). Reads nothing yet. */
  public static JavaRDD<Portion> over(JavaSparkContext spark, Dataset dataset, int[] starts, int shards) {
    List<int[]> ranges = new ArrayList<>();
    for (int i = 0; i < starts.length; i++)
      ranges.add(new int[]{starts[i], i + 1 < starts.length ? starts[i + 1] : shards});
    return spark.parallelize(ranges, ranges.size()).map(new Read(dataset)).persist(StorageLevel.MEMORY_ONLY());
  }

  /** The portions themselves, when Spark runs in this JVM; in the order of their shards. */
  public static List<Portion> inThisProcess(JavaRDD<Portion> portions) {
    String key = Long.toHexString(Random64.mix(System.nanoTime()));
    HANDED.put(key, new ConcurrentLinkedQueue<>());
    try {
      portions.foreach(new HandOver(key));
      return HANDED.get(key).stream().sorted(Comparator.comparingInt(portion -> portion.from)).toList();
    } finally {
      HANDED.remove(key);
    }
  }

  private record Read(Dataset dataset) implements Function<int[], Portion> {
    @Override public Portion call(int[] range) { return dataset.portion(range[0], range[1]); }
  }

  private record HandOver(String key) implements VoidFunction<Portion> {
    @Override public void call(Portion portion) { HANDED.get(key).add(portion); }
  }
}

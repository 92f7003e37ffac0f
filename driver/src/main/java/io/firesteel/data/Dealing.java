package io.firesteel.data;

import io.firesteel.array.Random64;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.VoidFunction;

/** Rows as an RDD of portions, one a partition; a lost one is made again from its source. */
public final class Dealing {
    private static final Map<String, Map<Integer, Object>> HANDED = new ConcurrentHashMap<>();

    private Dealing() {}

    /** Partition i holds the shards [starts[i], starts[i + 1]). Reads nothing yet. */
    public static JavaRDD<Portion> over(JavaSparkContext spark, Rows rows, int[] starts) {
        return new Portions(rows.portions(spark, starts).rdd()).toJavaRDD();
    }

    /** The portions themselves, when Spark runs in this JVM; in the order of their shards. */
    public static List<Portion> inThisProcess(JavaRDD<Portion> portions) {
        try {
            return handed(portions);
        } finally {
            portions.unpersist(false);
        }
    }

    /**
     * The elements of an RDD themselves and no copies, in the order of their partitions, when Spark runs in this JVM.
     */
    @SuppressWarnings("unchecked")
    static <T> List<T> handed(JavaRDD<T> rdd) {
        String key = Long.toHexString(Random64.mix(System.nanoTime()));
        HANDED.put(key, new ConcurrentSkipListMap<>());
        try {
            rdd.foreach(new HandOver<>(key));
            return (List<T>) new ArrayList<>(HANDED.get(key).values());
        } finally {
            HANDED.remove(key);
        }
    }

    /** Of a partition with one element; a second attempt hands over the same. */
    private record HandOver<T>(String key) implements VoidFunction<T> {
        @Override
        public void call(T element) {
            HANDED.get(key).put(TaskContext.getPartitionId(), element);
        }
    }
}

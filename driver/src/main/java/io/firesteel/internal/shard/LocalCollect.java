package io.firesteel.internal.shard;

import io.firesteel.array.Random64;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.VoidFunction;

/** The elements of an RDD by reference, without copies, if Spark runs in this JVM. */
public final class LocalCollect {
    private static final Map<String, Map<Integer, Object>> HANDED = new ConcurrentHashMap<>();

    private LocalCollect() {}

    /** The shard ranges themselves, in the order of their shards, if Spark runs in this JVM. */
    public static List<ShardRange> local(JavaRDD<ShardRange> shardRanges) {
        try {
            return byReference(shardRanges);
        } finally {
            shardRanges.unpersist(false);
        }
    }

    /** The elements of an RDD by reference, in the order of their partitions, if Spark runs in this JVM. */
    @SuppressWarnings("unchecked")
    static <T> List<T> byReference(JavaRDD<T> rdd) {
        String key = Long.toHexString(Random64.mix(System.nanoTime()));
        HANDED.put(key, new ConcurrentSkipListMap<>());
        try {
            rdd.foreach(new HandOver<>(key));
            return (List<T>) new ArrayList<>(HANDED.get(key).values());
        } finally {
            HANDED.remove(key);
        }
    }

    /** For partitions with one element; a second attempt of a task hands over the same one. */
    private record HandOver<T>(String key) implements VoidFunction<T> {
        @Override
        public void call(T element) {
            HANDED.get(key).put(TaskContext.getPartitionId(), element);
        }
    }
}

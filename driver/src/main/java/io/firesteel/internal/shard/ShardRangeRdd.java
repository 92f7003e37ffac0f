package io.firesteel.internal.shard;

import org.apache.spark.Partition;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.scheduler.ExecutorCacheTaskLocation;
import org.apache.spark.storage.BlockId;
import org.apache.spark.storage.BlockManager;
import org.apache.spark.storage.BlockManagerId;
import org.apache.spark.storage.BlockResult;
import org.apache.spark.storage.RDDBlockId;
import org.apache.spark.storage.StorageLevel;
import scala.Option;
import scala.collection.Iterator;
import scala.collection.Iterator$;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * A dataset's portions, one a partition, in the memory of Spark's block managers. A portion lives where its last task
 * ran and moves with it: an executor that takes over fetches it once, or makes it again when nobody has it any more. A
 * cached RDD would fetch it in every step after an executor was replaced, since Spark does not keep what it fetches.
 */
public final class ShardRangeRdd extends RDD<ShardRange> {
    private static final long serialVersionUID = 1;
    private static final ClassTag<ShardRange> SHARD_RANGE = ClassTag$.MODULE$.apply(ShardRange.class);

    /** The same as an RDD of Java; reads nothing yet. */
    public static JavaRDD<ShardRange> of(JavaRDD<ShardRange> source) {
        return new ShardRangeRdd(source.rdd()).toJavaRDD();
    }

    /** Keeps what {@code source} makes, a portion a partition. */
    ShardRangeRdd(RDD<ShardRange> source) {
        super(source, SHARD_RANGE);
    }

    @Override
    public Partition[] getPartitions() {
        return firstParent(SHARD_RANGE).partitions();
    }

    @Override
    public Iterator<ShardRange> compute(Partition place, TaskContext context) {
        int index = place.index();
        BlockId id = new RDDBlockId(id(), index);
        BlockManager blocks = SparkEnv.get().blockManager();
        Option<BlockResult> here = blocks.getLocalValues(id);
        if (here.isDefined()) return cast(here.get().data());
        // A second attempt trusts no other executor: the one that has the portion may be why there is a second.
        Option<BlockResult> there = context.attemptNumber() > 0 ? Option.empty() : blocks.get(id, SHARD_RANGE);
        ShardRange shardRange = there.isDefined()
                ? (ShardRange) there.get().data().next()
                : cast(firstParent(SHARD_RANGE).iterator(place, context)).next();
        blocks.master().removeBlock(id); // wherever it was
        blocks.putSingle(id, shardRange, StorageLevel.MEMORY_ONLY(), true, SHARD_RANGE);
        return Iterator$.MODULE$.single(shardRange);
    }

    @SuppressWarnings("unchecked")
    private static Iterator<ShardRange> cast(Iterator<?> shardRanges) {
        return (Iterator<ShardRange>) shardRanges;
    }

    /**
     * Scala 2.12 wants a {@code collection.Seq} here and Scala 2.13 an immutable one; a list is both, and these
     * converters are in both.
     */
    @SuppressWarnings("deprecation")
    @Override
    public scala.collection.immutable.List<String> getPreferredLocations(Partition place) {
        Seq<BlockManagerId> homes =
                SparkEnv.get().blockManager().master().getLocations(new RDDBlockId(id(), place.index()));
        return JavaConverters.asScalaIterator(JavaConverters.seqAsJavaList(homes).stream()
                        .map(home -> new ExecutorCacheTaskLocation(home.host(), home.executorId()).toString())
                        .iterator())
                .toList();
    }

    @Override
    public RDD<ShardRange> unpersist(boolean blocking) {
        SparkEnv.get().blockManager().master().removeRdd(id(), blocking);
        return this;
    }
}

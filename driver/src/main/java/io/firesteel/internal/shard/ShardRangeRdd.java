package io.firesteel.internal.shard;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.Dependency;
import org.apache.spark.Partition;
import org.apache.spark.ShuffleDependency;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.shuffle.FetchFailedException;
import org.apache.spark.storage.BlockId;
import org.apache.spark.storage.BlockManager;
import org.apache.spark.storage.BlockManagerId;
import org.apache.spark.storage.BlockManagerMessages.BlockLocationsAndStatus;
import org.apache.spark.storage.BlockResult;
import org.apache.spark.storage.BlockStatus;
import org.apache.spark.storage.RDDBlockId;
import org.apache.spark.storage.StorageLevel;
import scala.Option;
import scala.collection.Iterator;
import scala.collection.Iterator$;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * The shard ranges of a dataset, one per partition, in Spark's block managers. A shard range stays where its last task
 * ran: an executor that takes over a partition fetches its shard range once, or recomputes it if no executor has it. A
 * cached RDD would be fetched again in every step after an executor was replaced, since Spark does not store blocks
 * that it fetches.
 */
public final class ShardRangeRdd extends RDD<ShardRange> {
    private static final long serialVersionUID = 1;
    private static final long FETCH_SECONDS = 10, FETCH_AGAIN_SECONDS = 2;
    private static final long SLOWEST = 10_000_000; // bytes a second of an executor that answers
    private static final ClassTag<ShardRange> SHARD_RANGE = ClassTag$.MODULE$.apply(ShardRange.class);

    /** The same as a JavaRDD; reads nothing yet. */
    public static JavaRDD<ShardRange> of(JavaRDD<ShardRange> source) {
        return new ShardRangeRdd(source.rdd()).toJavaRDD();
    }

    /** Stores the results of {@code source}, one shard range per partition. */
    ShardRangeRdd(RDD<ShardRange> source) {
        super(source, SHARD_RANGE);
    }

    @Override
    public Partition[] getPartitions() {
        return firstParent(SHARD_RANGE).partitions();
    }

    @Override
    public Iterator<ShardRange> compute(Partition partition, TaskContext context) {
        int index = partition.index();
        BlockId id = new RDDBlockId(id(), index);
        BlockManager blocks = SparkEnv.get().blockManager();
        Option<BlockResult> here = blocks.getLocalValues(id);
        if (here.isDefined()) return cast(here.get().data());
        // The executor that has it may be why there is another attempt, as where tasks are speculated on.
        long seconds = context.attemptNumber() > 0 ? FETCH_AGAIN_SECONDS : FETCH_SECONDS;
        Option<BlockResult> there = fetch(blocks, id, index, seconds);
        ShardRange shardRange = there.isDefined()
                ? (ShardRange) there.get().data().next()
                : cast(firstParent(SHARD_RANGE).iterator(partition, context)).next();
        blocks.master().removeBlock(id); // from every executor
        blocks.putSingle(id, shardRange, StorageLevel.MEMORY_ONLY(), true, SHARD_RANGE);
        return Iterator$.MODULE$.single(shardRange);
    }

    /**
     * The block as another executor has it. Where that does not answer, Spark is told that what it wrote is lost, and
     * has others write it again: its shuffle files would be waited for, too, and for much longer.
     */
    private Option<BlockResult> fetch(BlockManager blocks, BlockId id, int partition, long seconds) {
        FutureTask<Option<BlockResult>> fetch = new FutureTask<>(() -> blocks.get(id, SHARD_RANGE));
        Option<BlockLocationsAndStatus> found = blocks.master()
                .getLocationsAndStatus(id, blocks.blockManagerId().host());
        if (found.isEmpty()) return Option.empty();
        BlockStatus size = found.get().status();
        long limit = seconds + (size.memSize() + size.diskSize()) / SLOWEST;
        Thread thread = new Thread(fetch, "firesteel-fetch-" + id.name());
        thread.setDaemon(true);
        thread.start();
        try {
            return fetch.get(limit, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return Option.empty();
        } catch (TimeoutException e) {
            BlockManagerId silent = found.get().locations().head();
            ShuffleDependency<?, ?, ?> shuffle = shuffle();
            if (shuffle == null) return Option.empty();
            String message = id.name() + " did not come within " + limit + " s";
            // Spark finds this one in the task's context, where it puts itself, whatever is thrown.
            throw new IllegalStateException(
                    new FetchFailedException(silent, shuffle.shuffleId(), -1, -1, partition, message, e));
        } catch (InterruptedException e) {
            throw new TaskKilledException("interrupted");
        }
    }

    @SuppressWarnings("unchecked")
    private static Iterator<ShardRange> cast(Iterator<?> shardRanges) {
        return (Iterator<ShardRange>) shardRanges;
    }

    /**
     * Tells Spark's scheduler that blocks are kept, so that it looks for them before it runs the stages behind them.
     */
    @Override
    public StorageLevel getStorageLevel() {
        return StorageLevel.MEMORY_ONLY();
    }

    @Override
    public RDD<ShardRange> unpersist(boolean blocking) {
        SparkEnv.get().blockManager().master().removeRdd(id(), blocking);
        dropShuffle(blocking);
        return this;
    }

    /** Drops the files of the shuffle that brought the rows here; else they stay until the driver collects garbage. */
    private void dropShuffle(boolean blocking) {
        ShuffleDependency<?, ?, ?> shuffle = shuffle();
        if (shuffle != null && context().cleaner().isDefined())
            context().cleaner().get().doCleanupShuffle(shuffle.shuffleId(), blocking);
    }

    /** The shuffle that brought the rows here; null if there was none. */
    private ShuffleDependency<?, ?, ?> shuffle() {
        RDD<?> rdd = this;
        while (!rdd.dependencies().isEmpty()) {
            Dependency<?> first = rdd.dependencies().head();
            if (first instanceof ShuffleDependency<?, ?, ?> shuffle) return shuffle;
            rdd = first.rdd();
        }
        return null;
    }
}

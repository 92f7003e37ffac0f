package io.firesteel.data;

import org.apache.spark.Partition;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
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
final class Portions extends RDD<Portion> {
    private static final long serialVersionUID = 1;
    private static final ClassTag<Portion> PORTION = ClassTag$.MODULE$.apply(Portion.class);

    /** Keeps what {@code source} makes, a portion a partition. */
    Portions(RDD<Portion> source) {
        super(source, PORTION);
    }

    @Override
    public Partition[] getPartitions() {
        return firstParent(PORTION).partitions();
    }

    @Override
    public Iterator<Portion> compute(Partition place, TaskContext context) {
        int index = place.index();
        BlockId id = new RDDBlockId(id(), index);
        BlockManager blocks = SparkEnv.get().blockManager();
        Option<BlockResult> here = blocks.getLocalValues(id);
        if (here.isDefined()) return cast(here.get().data());
        // A second attempt trusts no other executor: the one that has the portion may be why there is a second.
        Option<BlockResult> there = context.attemptNumber() > 0 ? Option.empty() : blocks.get(id, PORTION);
        Portion portion = there.isDefined()
                ? (Portion) there.get().data().next()
                : cast(firstParent(PORTION).iterator(place, context)).next();
        blocks.master().removeBlock(id); // wherever it was
        blocks.putSingle(id, portion, StorageLevel.MEMORY_ONLY(), true, PORTION);
        return Iterator$.MODULE$.single(portion);
    }

    @SuppressWarnings("unchecked")
    private static Iterator<Portion> cast(Iterator<?> portions) {
        return (Iterator<Portion>) portions;
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
    public RDD<Portion> unpersist(boolean blocking) {
        SparkEnv.get().blockManager().master().removeRdd(id(), blocking);
        return this;
    }
}

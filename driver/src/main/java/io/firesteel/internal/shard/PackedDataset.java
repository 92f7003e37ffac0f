package io.firesteel.internal.shard;

import io.firesteel.array.Random64;
import io.firesteel.internal.block.Block;
import io.firesteel.internal.block.MemoryBudgets;
import io.firesteel.internal.shard.PackedPartition.Packed;
import io.firesteel.internal.shard.PackedPartition.Tally;
import io.firesteel.internal.table.ColumnRoles;
import io.firesteel.model.Normalization;
import io.firesteel.row.BadRows;
import io.firesteel.row.ChannelStats;
import io.firesteel.row.RowCounts;
import io.firesteel.row.RowSchema;
import io.firesteel.row.RowStorage;
import io.firesteel.row.ValidationSplit;
import io.firesteel.source.Source;
import io.firesteel.spec.SpecException;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Rows that were packed once, by the tasks that read them, and are assigned to shards through one shuffle. Rows are
 * numbered in the order of the partitions and sorted by that number within every shard, so the result depends neither
 * on the order of arrival nor on where partitions begin: a table and files with the same rows give the same bits.
 */
public final class PackedDataset implements ShardedRows {
    private final RowSchema rowSchema;
    private final RowStorage level;
    private final JavaRDD<Packed> parts;
    private final RowCounts counts;
    private final RowCounts testCounts; // null if there is no test set
    private final RowAssignment assignment;
    private final long validationByColumn;
    private final PartitionOffsets numbers;
    private final long checksum;
    private final long bytesRead;

    /**
     * Scans the whole table once.
     *
     * @param classes labels are 0..classes-1
     * @param validation which rows are used for validation if no column says so
     * @param level where the packed rows are cached
     * @throws SpecException at a bad row that the policy does not tolerate, naming partition, row and column
     */
    public PackedDataset(
            Dataset<Row> table,
            ColumnRoles columns,
            RowSchema rowSchema,
            int classes,
            BadRows bad,
            ValidationSplit validation,
            int shards,
            long seed,
            RowStorage level) {
        this(
                TablePacking.of(table, columns, rowSchema, classes, bad, level),
                rowSchema,
                new RowCounts(bad),
                null,
                columns.weight(),
                "columns " + columns.names(),
                validation,
                shards,
                seed,
                level);
    }

    /**
     * Reads the files of the sources once.
     *
     * @param test null if there is none
     * @param schema the rows of the training source
     * @param classes labels are 0..classes-1
     * @param level where the packed rows are cached
     * @throws SpecException at a bad row that the source's policy does not tolerate, naming file and row
     */
    public static PackedDataset of(
            JavaSparkContext spark,
            Source train,
            Source test,
            RowSchema schema,
            int classes,
            ValidationSplit validation,
            int shards,
            long seed,
            RowStorage level)
            throws IOException {
        Source like = test == null ? null : test.like(schema.shape(), schema.classes());
        if (like != null && !like.schema().equals(schema))
            throw new SpecException("data.test has rows of " + like.schema() + ", data.train of " + schema);
        PackedDataset rows = new PackedDataset(
                FilePacking.of(spark, train.like(schema.shape(), schema.classes()), like, schema, classes, level),
                schema,
                new RowCounts(train.bad()),
                test == null ? null : new RowCounts(test.bad()),
                null,
                train.path(),
                validation,
                shards,
                seed,
                level);
        if (test == null || rows.testRows() > 0) return rows;
        rows.close();
        throw test.zeroRows();
    }

    private PackedDataset(
            JavaRDD<Packed> parts,
            RowSchema rowSchema,
            RowCounts counts,
            RowCounts testCounts,
            String weight,
            String name,
            ValidationSplit validation,
            int shards,
            long seed,
            RowStorage level) {
        this.rowSchema = rowSchema;
        this.level = level;
        this.counts = counts;
        this.testCounts = testCounts;
        this.parts = parts;
        parts.persist(StorageLevel.MEMORY_AND_DISK());
        try {
            List<Tally> tallies = parts.map(packed -> packed.tally).collect();
            for (Tally tally : tallies) {
                if (tally.bad != null) throw tally.bad;
                (tally.ofTest ? testCounts : counts).add(tally.counts);
            }
            this.numbers = PartitionOffsets.of(tallies, weight);
            long train = tallies.stream().mapToLong(tally -> tally.train).sum();
            if (train == 0) throw new SpecException(name + ": zero rows; training needs at least one");
            this.validationByColumn =
                    tallies.stream().mapToLong(tally -> tally.validation).sum();
            this.assignment =
                    new RowAssignment(train, validationByColumn > 0 ? ValidationSplit.NONE : validation, shards, seed);
            this.bytesRead =
                    tallies.stream().mapToLong(tally -> tally.bytesRead).sum();
            long sum = 0;
            for (Tally tally : tallies) sum = Random64.mix(sum ^ tally.checksum);
            this.checksum = sum;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    @Override
    public RowSchema schema() {
        return rowSchema;
    }

    @Override
    public long trainRows() {
        return assignment.trainRows();
    }

    @Override
    public long validationRows() {
        return validationByColumn + assignment.validationRows();
    }

    @Override
    public long testRows() {
        return testCounts == null ? 0 : testCounts.rows();
    }

    @Override
    public RowCounts trainCounts() {
        return counts;
    }

    @Override
    public RowCounts testCounts() {
        return testCounts;
    }

    @Override
    public long bytesRead() {
        return bytesRead;
    }

    /** A checksum of all rows. */
    public long checksum() {
        return checksum;
    }

    /** The normalization to mean 0 and standard deviation 1 per channel, learned on the training rows. */
    public Normalization standardization() {
        ChannelStats all = new ChannelStats(rowSchema);
        for (ChannelStats part : parts.mapPartitionsWithIndex(new Measure(rowSchema, assignment, numbers), true)
                .collect()) all = all.plus(part);
        return all.normalization();
    }

    private record Measure(RowSchema rowSchema, RowAssignment assignment, PartitionOffsets numbers)
            implements Function2<Integer, Iterator<Packed>, Iterator<ChannelStats>> {
        @Override
        public Iterator<ChannelStats> call(Integer index, Iterator<Packed> parts) {
            ChannelStats stats = new ChannelStats(rowSchema);
            Block rows = parts.next().part.train;
            for (int row = 0; row < rows.rows(); row++)
                if (assignment.position(numbers.firstTrain()[index] + row) >= 0) rows.measure(row, stats);
            return List.of(stats).iterator();
        }
    }

    @Override
    public JavaRDD<ShardRange> shardRanges(JavaSparkContext spark, int[] starts) {
        return new TableShuffle(rowSchema, assignment, numbers, starts)
                .shuffled(parts, MemoryBudgets.of(spark, level, starts.length));
    }

    /** No shuffle and no copies: shard ranges refer to rows of the packed partitions. */
    @Override
    public List<ShardRange> localShardRanges(JavaSparkContext spark, int[] starts) {
        List<Packed> packed = LocalCollect.byReference(parts);
        close();
        return new TableShuffle(rowSchema, assignment, numbers, starts).local(packed);
    }

    /** Releases the packed rows. */
    @Override
    public void close() {
        parts.unpersist(false);
    }
}

package io.firesteel.internal.shard;

import io.firesteel.internal.block.Block;
import io.firesteel.internal.block.MemoryBudgets;
import io.firesteel.internal.shard.PackedPartition.Tally;
import io.firesteel.internal.table.ColumnRoles;
import io.firesteel.internal.table.TableScan;
import io.firesteel.internal.table.TableSession;
import io.firesteel.model.Normalization;
import io.firesteel.row.BadRows;
import io.firesteel.row.ChannelStats;
import io.firesteel.row.RowCounts;
import io.firesteel.row.RowScan;
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
    private final JavaRDD<PackedPartition> parts;
    private final RowCounts counts;
    private final RowCounts testCounts; // null if there is no test set
    private final RowAssignment assignment;
    private final long validationByColumn;
    private final RowNumbers numbers;
    private final long bytesRead;

    /**
     * How rows are packed and assigned to shards; a function of these and the rows alone.
     *
     * @param validation which rows are used for validation if no column says so
     * @param level where the packed rows are cached
     */
    public record Plan(ValidationSplit validation, int shards, long seed, RowStorage level) {}

    /**
     * Reads a table once.
     *
     * @param classes labels are 0..classes-1
     * @throws SpecException at a bad row that the policy does not tolerate, naming its place and column
     */
    public static PackedDataset of(
            Dataset<Row> table, ColumnRoles columns, RowSchema schema, int classes, BadRows bad, Plan plan) {
        JavaSparkContext spark =
                JavaSparkContext.fromSparkContext(table.sparkSession().sparkContext());
        return new PackedDataset(
                packed(
                        spark,
                        TableScan.of(table, columns, schema, classes, bad),
                        schema,
                        false,
                        columns.weight(),
                        plan),
                "columns " + columns.names(),
                columns.weight(),
                schema,
                new RowCounts(bad),
                null,
                plan);
    }

    /**
     * Reads the sources once.
     *
     * @param test null if there is none
     * @param schema the rows of the training source
     * @param classes labels are 0..classes-1
     * @throws SpecException at a bad row that the source's policy does not tolerate, naming file and row
     */
    public static PackedDataset of(
            JavaSparkContext spark, Source train, Source test, RowSchema schema, int classes, Plan plan)
            throws IOException {
        Source settled = train.like(schema);
        JavaRDD<PackedPartition> parts =
                packed(spark, settled.scans(spark, schema, classes), schema, false, train.weight(), plan);
        if (test == null)
            return new PackedDataset(
                    parts, train.name(), train.weight(), schema, new RowCounts(train.bad()), null, plan);
        Source like = test.like(schema);
        if (!like.schema().fits(schema))
            throw new SpecException("data.test has rows of " + like.schema() + ", data.train of " + schema);
        PackedDataset rows = new PackedDataset(
                parts.union(packed(spark, like.scans(spark, schema, classes), schema, true, null, plan)),
                train.name(),
                train.weight(),
                schema,
                new RowCounts(train.bad()),
                new RowCounts(test.bad()),
                plan);
        if (rows.testRows() > 0) return rows;
        rows.close();
        throw test.zeroRows();
    }

    private static JavaRDD<PackedPartition> packed(
            JavaSparkContext spark, JavaRDD<RowScan> scans, RowSchema schema, boolean test, String weight, Plan plan) {
        MemoryBudgets budgets = MemoryBudgets.of(spark, plan.level, scans.getNumPartitions());
        boolean weighted = weight != null;
        return scans.map(scan -> PackedPartition.pack(scan, schema, test, weighted, budgets.budget()));
    }

    private PackedDataset(
            JavaRDD<PackedPartition> parts,
            String name,
            String weight,
            RowSchema rowSchema,
            RowCounts counts,
            RowCounts testCounts,
            Plan plan) {
        this.rowSchema = rowSchema;
        this.level = plan.level;
        this.counts = counts;
        this.testCounts = testCounts;
        this.parts = parts;
        parts.persist(StorageLevel.MEMORY_AND_DISK());
        try {
            List<Tally> tallies = TableSession.translated(
                    name, () -> parts.map(part -> part.tally).collect());
            for (Tally tally : tallies) {
                if (tally.bad != null) throw tally.bad;
                (tally.ofTest ? testCounts : counts).add(tally.counts);
            }
            this.numbers = RowNumbers.of(tallies, weight);
            long[] rows = numbers.rows();
            long train = rows[Split.TRAIN.ordinal()];
            if (train == 0) throw new SpecException(name + ": zero rows; training needs at least one");
            this.validationByColumn = rows[Split.VALIDATION.ordinal()];
            this.assignment = new RowAssignment(
                    train, validationByColumn > 0 ? ValidationSplit.NONE : plan.validation, plan.shards, plan.seed);
            this.bytesRead =
                    tallies.stream().mapToLong(tally -> tally.bytesRead).sum();
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

    @Override
    public long checksum() {
        return numbers.checksum();
    }

    /** The normalization to mean 0 and standard deviation 1 per channel, learned on the training rows. */
    public Normalization standardization() {
        ChannelStats all = new ChannelStats(rowSchema);
        for (ChannelStats part : parts.mapPartitionsWithIndex(new Measure(rowSchema, assignment, numbers), true)
                .collect()) all = all.plus(part);
        return all.normalization();
    }

    private record Measure(RowSchema rowSchema, RowAssignment assignment, RowNumbers numbers)
            implements Function2<Integer, Iterator<PackedPartition>, Iterator<ChannelStats>> {
        @Override
        public Iterator<ChannelStats> call(Integer index, Iterator<PackedPartition> parts) {
            ChannelStats stats = new ChannelStats(rowSchema);
            Block rows = parts.next().block(Split.TRAIN);
            int train = Split.TRAIN.ordinal();
            for (RowNumbers.Numbered segment : numbers.parts()[index])
                for (int row = 0; row < segment.rows[train]; row++)
                    if (assignment.position(segment.number[train] + row) >= 0)
                        rows.measure(segment.first[train] + row, stats);
            return List.of(stats).iterator();
        }
    }

    @Override
    public JavaRDD<ShardRange> shardRanges(JavaSparkContext spark, int[] starts) {
        return new ShardShuffle(rowSchema, assignment, numbers, starts)
                .shuffled(parts, MemoryBudgets.of(spark, level, starts.length));
    }

    /** No shuffle and no copies: shard ranges refer to rows of the packed partitions. */
    @Override
    public List<ShardRange> localShardRanges(JavaSparkContext spark, int[] starts) {
        List<PackedPartition> packed = LocalCollect.byReference(parts);
        close();
        return new ShardShuffle(rowSchema, assignment, numbers, starts).local(packed);
    }

    /** Releases the packed rows. */
    @Override
    public void close() {
        if (parts.getStorageLevel().equals(StorageLevel.MEMORY_AND_DISK())) parts.unpersist(false);
    }
}

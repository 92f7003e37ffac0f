package io.firesteel.internal.shard;

import io.firesteel.array.Random64;
import io.firesteel.internal.block.Block;
import io.firesteel.internal.block.MemoryBudgets;
import io.firesteel.internal.shard.PackedPartition.Packed;
import io.firesteel.internal.shard.PackedPartition.Tally;
import io.firesteel.internal.table.ColumnRoles;
import io.firesteel.internal.table.InternalRowView;
import io.firesteel.internal.table.RowParser;
import io.firesteel.model.Normalization;
import io.firesteel.row.BadRows;
import io.firesteel.row.ChannelStats;
import io.firesteel.row.FeatureKind;
import io.firesteel.row.RowCounts;
import io.firesteel.row.RowSchema;
import io.firesteel.row.RowStorage;
import io.firesteel.row.ValidationSplit;
import io.firesteel.spec.SpecException;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * The rows of a DataFrame, packed once per partition and assigned to shards through one shuffle. Rows are numbered in
 * the order of the partitions and sorted by that number within every shard, so the result does not depend on the order
 * of arrival: the same partitions give the same bits, which are those of a file with the same rows.
 */
public final class DataFrameDataset implements ShardedRows, AutoCloseable {
    private final RowSchema rowSchema;
    private final RowStorage level;
    private final JavaRDD<Packed> parts;
    private final RowCounts counts;
    private final RowAssignment assignment;
    private final long validationByColumn;
    private final PartitionOffsets numbers;
    private final long checksum;

    /**
     * Scans the whole table once.
     *
     * @param classes labels are 0..classes-1
     * @param validation which rows are used for validation if no column says so
     * @param level where the packed rows are cached
     * @throws SpecException at a bad row that the policy does not tolerate, naming partition, row and column
     */
    public DataFrameDataset(
            Dataset<Row> table,
            ColumnRoles columns,
            RowSchema rowSchema,
            int classes,
            BadRows bad,
            ValidationSplit validation,
            int shards,
            long seed,
            RowStorage level) {
        this.rowSchema = rowSchema;
        this.level = level;
        this.counts = new RowCounts(bad);
        Dataset<Row> selected = columns.select(table);
        RowParser reader = new RowParser(columns, selected.schema(), rowSchema, classes, bad);
        JavaRDD<InternalRow> rows = selected.queryExecution().toRdd().toJavaRDD();
        MemoryBudgets budgets =
                MemoryBudgets.of(JavaSparkContext.fromSparkContext(rows.context()), level, rows.getNumPartitions());
        parts = rows.mapPartitionsWithIndex(
                new Pack(selected.schema(), reader, rowSchema, bad, columns.weight() != null, budgets), true);
        parts.persist(StorageLevel.MEMORY_AND_DISK());
        List<Tally> tallies = parts.map(packed -> packed.tally).collect();
        try {
            for (Tally tally : tallies) {
                if (tally.bad != null) throw tally.bad;
                counts.add(tally.counts);
            }
            this.numbers = PartitionOffsets.of(tallies, columns.weight());
            long train = tallies.stream().mapToLong(tally -> tally.train).sum();
            if (train == 0)
                throw new SpecException("columns " + columns.names() + ": zero rows; training needs at least one");
            this.validationByColumn =
                    tallies.stream().mapToLong(tally -> tally.validation).sum();
            this.assignment =
                    new RowAssignment(train, validationByColumn > 0 ? ValidationSplit.NONE : validation, shards, seed);
        } catch (SpecException e) {
            close();
            throw e;
        }
        long sum = 0;
        for (Tally tally : tallies) sum = Random64.mix(sum ^ tally.checksum);
        this.checksum = sum;
    }

    private record Pack(
            StructType schema,
            RowParser reader,
            RowSchema rowSchema,
            BadRows bad,
            boolean weighted,
            MemoryBudgets budgets)
            implements Function2<Integer, Iterator<InternalRow>, Iterator<Packed>> {
        @Override
        public Iterator<Packed> call(Integer index, Iterator<InternalRow> rows) {
            return List.of(PackedPartition.pack(
                            index,
                            new InternalRowView(schema, rowSchema.features() == FeatureKind.SPARSE),
                            rows,
                            reader,
                            rowSchema,
                            bad,
                            weighted,
                            budgets.budget()))
                    .iterator();
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
        return 0;
    }

    @Override
    public RowCounts trainCounts() {
        return counts;
    }

    @Override
    public RowCounts testCounts() {
        return null;
    }

    @Override
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

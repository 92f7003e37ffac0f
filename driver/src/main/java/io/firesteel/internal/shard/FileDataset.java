package io.firesteel.internal.shard;

import io.firesteel.internal.block.Block;
import io.firesteel.internal.block.MemoryBudget;
import io.firesteel.internal.block.MemoryBudgets;
import io.firesteel.row.RowBuffer;
import io.firesteel.row.RowConsumer;
import io.firesteel.row.RowCounts;
import io.firesteel.row.RowSchema;
import io.firesteel.row.RowStorage;
import io.firesteel.row.ValidationSplit;
import io.firesteel.source.Source;
import io.firesteel.spec.SpecException;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;

/**
 * The sources of a run, with their rows counted and assigned to shards. Small; it is sent to the executors, which then
 * read their own shards. Counting scans every row once, so bad data is found before training starts.
 */
public final class FileDataset implements ShardedRows, Serializable {
    private static final long serialVersionUID = 1;

    private final RowSchema schema;
    private final Source train;
    private final Source test; // null if there is none
    private final int classes;
    private final RowStorage level;
    private final RowAssignment assignment;
    private final long checksum;
    private final RowCounts trainCounts;
    private final RowCounts testCounts; // null if there is no test set

    /**
     * Scans the sources.
     *
     * @param test null if there is none
     * @param classes labels are 0..classes-1
     */
    public FileDataset(Source train, Source test, ValidationSplit validation, int classes, int shards, long seed)
            throws IOException {
        this(train, test, validation, classes, shards, seed, RowStorage.MEMORY_AND_DISK);
    }

    /**
     * Scans the sources.
     *
     * @param level where the rows that Spark reads are cached
     */
    public FileDataset(
            Source train, Source test, ValidationSplit validation, int classes, int shards, long seed, RowStorage level)
            throws IOException {
        this.level = level;
        this.schema = train.schema();
        this.train = train.like(schema.shape(), schema.classes());
        this.test = test == null ? null : test.like(schema.shape(), schema.classes());
        this.classes = classes;
        RowChecksum sum = new RowChecksum();
        this.trainCounts = this.train.read(classes, sum);
        this.checksum = sum.sum();
        this.assignment = new RowAssignment(trainCounts.rows(), validation, shards, seed);
        if (test != null && !this.test.schema().equals(schema))
            throw new SpecException("data.test has rows of " + this.test.schema() + ", data.train of " + schema);
        this.testCounts = test == null ? null : this.test.count(classes);
    }

    @Override
    public RowSchema schema() {
        return schema;
    }

    @Override
    public long trainRows() {
        return assignment.trainRows();
    }

    @Override
    public long validationRows() {
        return assignment.validationRows();
    }

    @Override
    public long testRows() {
        return testCounts == null ? 0 : testCounts.rows();
    }

    @Override
    public RowCounts trainCounts() {
        return trainCounts;
    }

    @Override
    public RowCounts testCounts() {
        return testCounts;
    }

    @Override
    public long checksum() {
        return checksum;
    }

    @Override
    public JavaRDD<ShardRange> shardRanges(JavaSparkContext spark, int[] starts) {
        List<Integer> numbers = IntStream.range(0, starts.length).boxed().toList();
        return spark.parallelize(numbers, starts.length)
                .map(new Read(this, starts, MemoryBudgets.of(spark, level, starts.length)));
    }

    private record Read(FileDataset dataset, int[] starts, MemoryBudgets budgets)
            implements Function<Integer, ShardRange> {
        @Override
        public ShardRange call(Integer i) {
            return dataset.shardRange(
                    starts[i], i + 1 < starts.length ? starts[i + 1] : dataset.assignment.shards(), budgets.budget());
        }
    }

    /** Reads the rows of shards [from, to) into memory. */
    public ShardRange shardRange(int from, int to) {
        return shardRange(from, to, null);
    }

    private ShardRange shardRange(int from, int to, MemoryBudget budget) {
        try {
            ShardRange shardRange = new ShardRange(from, to, () -> new Block(schema, budget));
            train.read(classes, new Taking(shardRange, assignment, trainCounts.skipped() == 0, false));
            if (test != null) test.read(classes, new Taking(shardRange, assignment, testCounts.skipped() == 0, true));
            shardRange.trim();
            return shardRange;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps the rows of a shard range; if the source has no bad rows, parsing of the others is skipped. */
    private record Taking(ShardRange shardRange, RowAssignment assignment, boolean good, boolean test)
            implements RowConsumer {
        private long position(long row) {
            return test ? row : assignment.position(row);
        }

        private int shard(long position) {
            return (int) ((position < 0 ? -1 - position : position) % assignment.shards());
        }

        @Override
        public boolean wants(long row) {
            return !good || shardRange.holds(shard(position(row)));
        }

        @Override
        public void accept(long row, RowBuffer buffer) {
            long position = position(row);
            int shard = shard(position);
            if (!shardRange.holds(shard)) return;
            shardRange
                    .block(test ? Split.TEST : position < 0 ? Split.VALIDATION : Split.TRAIN, shard)
                    .add(buffer, false);
        }
    }
}

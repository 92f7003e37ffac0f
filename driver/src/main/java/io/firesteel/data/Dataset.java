package io.firesteel.data;

import io.firesteel.data.Portion.Split;
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
 * The sources of a run with their rows counted and dealt. Small; it travels to the executors, which then read their own
 * portions. Counting has read every row once, so that bad data is found before anything starts.
 */
public final class Dataset implements Rows, Serializable {
    private static final long serialVersionUID = 1;

    private final Header header;
    private final Source train;
    private final Source test; // null when there is none
    private final int classes;
    private final Level level;
    private final Deal deal;
    private final Census trainCensus;
    private final Census testCensus; // null when there is no test set

    /**
     * Scans the sources.
     *
     * @param test null when there is none
     * @param classes labels are 0..classes-1
     */
    public Dataset(Source train, Source test, Validation validation, int classes, int shards, long seed)
            throws IOException {
        this(train, test, validation, classes, shards, seed, Level.MEMORY_AND_DISK);
    }

    /**
     * Scans the sources.
     *
     * @param level where the rows wait that Spark reads
     */
    public Dataset(Source train, Source test, Validation validation, int classes, int shards, long seed, Level level)
            throws IOException {
        this.level = level;
        this.header = train.header();
        this.train = train.like(header.shape(), header.classes());
        this.test = test == null ? null : test.like(header.shape(), header.classes());
        this.classes = classes;
        this.trainCensus = this.train.count(classes);
        this.deal = new Deal(trainCensus.rows(), validation, shards, seed);
        if (test != null && !this.test.header().equals(header))
            throw new SpecException("data.test has rows of " + this.test.header() + ", data.train of " + header);
        this.testCensus = test == null ? null : this.test.count(classes);
    }

    @Override
    public Header header() {
        return header;
    }

    @Override
    public long trainRows() {
        return deal.trained();
    }

    @Override
    public long validationRows() {
        return deal.held();
    }

    @Override
    public long testRows() {
        return testCensus == null ? 0 : testCensus.rows();
    }

    @Override
    public Census trainCensus() {
        return trainCensus;
    }

    @Override
    public Census testCensus() {
        return testCensus;
    }

    @Override
    public JavaRDD<Portion> portions(JavaSparkContext spark, int[] starts) {
        List<Integer> numbers = IntStream.range(0, starts.length).boxed().toList();
        return spark.parallelize(numbers, starts.length)
                .map(new Read(this, starts, Rooms.of(spark, level, starts.length)));
    }

    private record Read(Dataset dataset, int[] starts, Rooms rooms) implements Function<Integer, Portion> {
        @Override
        public Portion call(Integer i) {
            return dataset.portion(
                    starts[i], i + 1 < starts.length ? starts[i + 1] : dataset.deal.shards(), rooms.room());
        }
    }

    /** Reads the rows of shards [from, to) into memory. */
    public Portion portion(int from, int to) {
        return portion(from, to, null);
    }

    private Portion portion(int from, int to, Room room) {
        try {
            Portion portion = new Portion(from, to, () -> new Block(header, room));
            train.read(classes, new Taking(portion, deal, trainCensus.skipped() == 0, false));
            if (test != null) test.read(classes, new Taking(portion, deal, testCensus.skipped() == 0, true));
            portion.trim();
            return portion;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes the rows of a portion's shards; of a source without bad rows the others need not be looked at. */
    private record Taking(Portion portion, Deal deal, boolean good, boolean test) implements Sink {
        private long place(long row) {
            return test ? row : deal.position(row);
        }

        private int shard(long place) {
            return (int) ((place < 0 ? -1 - place : place) % deal.shards());
        }

        @Override
        public boolean wants(long row) {
            return !good || portion.holds(shard(place(row)));
        }

        @Override
        public void accept(long row, Cells cells) {
            long place = place(row);
            int shard = shard(place);
            if (!portion.holds(shard)) return;
            portion.block(test ? Split.TEST : place < 0 ? Split.VALIDATION : Split.TRAIN, shard)
                    .add(cells, false);
        }
    }
}

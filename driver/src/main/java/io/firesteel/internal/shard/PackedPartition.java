package io.firesteel.internal.shard;

import io.firesteel.array.Random64;
import io.firesteel.internal.block.Block;
import io.firesteel.internal.block.FeatureCodec;
import io.firesteel.internal.block.MemoryBudget;
import io.firesteel.internal.files.HadoopFiles;
import io.firesteel.row.RowBuffer;
import io.firesteel.row.RowConsumer;
import io.firesteel.row.RowCounts;
import io.firesteel.row.RowScan;
import io.firesteel.row.RowSchema;
import io.firesteel.spec.SpecException;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The packed rows that one task has read: training, validation and test rows, and what the driver needs to know. */
final class PackedPartition implements RowConsumer, Serializable {
    private static final long serialVersionUID = 1;

    private static final long ODD = 0x9e3779b97f4a7c15L;

    private final Block[] blocks = new Block[Split.values().length];
    final Tally tally;
    private final boolean weighted;
    private transient FeatureCodec codec;

    private PackedPartition(RowSchema schema, boolean ofTest, boolean weighted, MemoryBudget budget) {
        Arrays.setAll(blocks, split -> new Block(schema, budget));
        this.tally = new Tally(ofTest);
        this.weighted = weighted;
        this.codec = FeatureCodec.of(schema);
    }

    /** What the driver needs to know about a partition. */
    static final class Tally implements Serializable {
        private static final long serialVersionUID = 1;

        final boolean ofTest; // test rows, of another source
        final List<Segment> segments = new ArrayList<>();
        RowCounts counts; // null if a bad row ended the scan
        SpecException bad; // that row, or null
        final double[] weight = new double[Split.values().length];
        long bytes; // of the packed rows
        long bytesRead; // from files

        private Tally(boolean ofTest) {
            this.ofTest = ofTest;
        }
    }

    /** Rows that follow one another in the source, and in the blocks of a partition. */
    static final class Segment implements Serializable {
        private static final long serialVersionUID = 1;

        final String path;
        final long start;
        final int[] rows = new int[Split.values().length];
        private long checksum; // the sum of each row's * ODD ^ its place in the segment
        private long power = 1; // ODD ^ rows

        private Segment(String path, long start) {
            this.path = path;
            this.start = start;
        }

        boolean ofTest() {
            return rows[Split.TEST.ordinal()] > 0;
        }

        private void add(Split split, int row) {
            rows[split.ordinal()]++;
            checksum += power * Random64.mix(row);
            power *= ODD;
        }
    }

    /** A checksum of rows in their order, wherever they are cut into segments. */
    static long checksum(Iterable<Segment> segments) {
        long sum = 0, power = 1;
        for (Segment segment : segments) {
            sum += power * segment.checksum;
            power *= segment.power;
        }
        return sum;
    }

    /**
     * Reads and packs rows. A bad row that ends the scan is noted, not thrown: Spark would retry the task and fail
     * again.
     *
     * @param ofTest whether they are test rows
     * @param weighted whether rows have weights
     */
    static PackedPartition pack(RowScan rows, RowSchema schema, boolean ofTest, boolean weighted, MemoryBudget budget)
            throws IOException {
        long before = HadoopFiles.bytesRead();
        PackedPartition part = new PackedPartition(schema, ofTest, weighted, budget);
        try {
            part.tally.counts = rows.read(part);
        } catch (SpecException e) {
            part.tally.bad = e;
        }
        part.tally.bytesRead = HadoopFiles.bytesRead() - before;
        for (Split split : Split.values()) {
            part.tally.weight[split.ordinal()] = part.block(split).weight();
            part.block(split).trim();
        }
        return part;
    }

    @Override
    public void segment(String path, long start) {
        tally.segments.add(new Segment(path, start));
    }

    @Override
    public void accept(long row, RowBuffer buffer) {
        Split split = tally.ofTest ? Split.TEST : buffer.validation ? Split.VALIDATION : Split.TRAIN;
        tally.segments.get(tally.segments.size() - 1).add(split, buffer.checksum());
        block(split).add(buffer, weighted && !tally.ofTest);
        tally.bytes += codec.length(buffer);
    }

    int rows() {
        int rows = 0;
        for (Block block : blocks) rows += block.rows();
        return rows;
    }

    Block block(Split split) {
        return blocks[split.ordinal()];
    }
}

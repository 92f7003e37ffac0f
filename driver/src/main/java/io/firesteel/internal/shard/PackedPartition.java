package io.firesteel.internal.shard;

import io.firesteel.array.Random64;
import io.firesteel.internal.block.Block;
import io.firesteel.internal.block.FeatureCodec;
import io.firesteel.internal.block.MemoryBudget;
import io.firesteel.internal.files.HadoopFiles;
import io.firesteel.internal.table.InternalRowView;
import io.firesteel.internal.table.RowParser;
import io.firesteel.row.BadRows;
import io.firesteel.row.RowBuffer;
import io.firesteel.row.RowCounts;
import io.firesteel.row.RowSchema;
import io.firesteel.source.FileRange;
import io.firesteel.source.Source;
import io.firesteel.spec.SpecException;
import java.io.IOException;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;

/** One packed partition of a table or split of files: its training, validation and test rows, and their counts. */
final class PackedPartition implements Serializable {
    private static final long serialVersionUID = 1;

    final Block train;
    final Block validation;
    final Block test;

    private PackedPartition(RowSchema schema, MemoryBudget budget) {
        train = new Block(schema, budget);
        validation = new Block(schema, budget);
        test = new Block(schema, budget);
    }

    int rows() {
        return train.rows() + validation.rows() + test.rows();
    }

    /** What the driver needs to know about a partition. */
    static final class Tally implements Serializable {
        private static final long serialVersionUID = 1;

        RowCounts counts;
        final boolean ofTest; // test rows, of another source
        SpecException bad; // the bad row that ended the scan, or null
        int train;
        int validation;
        double trainWeight;
        double validationWeight;
        int test;
        long bytes; // of the packed rows
        long bytesRead; // from files
        long checksum;

        private Tally(BadRows policy, boolean ofTest) {
            this.counts = new RowCounts(policy);
            this.ofTest = ofTest;
        }
    }

    /** A packed partition and its tally. */
    static final class Packed implements Serializable {
        private static final long serialVersionUID = 1;

        final PackedPartition part;
        final Tally tally;

        private Packed(PackedPartition part, Tally tally) {
            this.part = part;
            this.tally = tally;
        }
    }

    /**
     * Packs the rows of partition {@code index} of a table. A bad row that ends the scan is returned, not thrown: Spark
     * would retry the task and fail again.
     */
    static Packed pack(
            int index,
            InternalRowView row,
            Iterator<InternalRow> rows,
            RowParser reader,
            RowSchema schema,
            BadRows policy,
            boolean weighted,
            MemoryBudget budget) {
        PackedPartition part = new PackedPartition(schema, budget);
        Tally tally = new Tally(policy, false);
        RowBuffer buffer = new RowBuffer(schema);
        FeatureCodec codec = FeatureCodec.of(schema);
        try {
            for (long number = 0; rows.hasNext(); number++) {
                try {
                    SpecException imputed = reader.read(row.at(rows.next()), buffer);
                    if (imputed != null) tally.counts.impute(at(index, number, imputed));
                } catch (SpecException e) {
                    tally.counts.skip(at(index, number, e));
                    continue;
                }
                part.add(buffer.validation ? part.validation : part.train, buffer, weighted, codec, tally);
                tally.counts.keep();
            }
        } catch (SpecException e) {
            tally.bad = e;
        }
        return part.packed(tally);
    }

    /** Packs the rows of a split of files; {@code test} for test rows. */
    static Packed pack(
            Source source, List<FileRange> ranges, RowSchema schema, int classes, boolean test, MemoryBudget budget)
            throws IOException {
        long before = HadoopFiles.bytesRead();
        PackedPartition part = new PackedPartition(schema, budget);
        Tally tally = new Tally(source.bad(), test);
        Block to = test ? part.test : part.train;
        FeatureCodec codec = FeatureCodec.of(schema);
        try {
            tally.counts =
                    source.read(ranges, schema, classes, (row, buffer) -> part.add(to, buffer, false, codec, tally));
        } catch (SpecException e) {
            tally.bad = e;
        }
        tally.bytesRead = HadoopFiles.bytesRead() - before;
        return part.packed(tally);
    }

    private void add(Block to, RowBuffer buffer, boolean weighted, FeatureCodec codec, Tally tally) {
        to.add(buffer, weighted);
        tally.bytes += codec.length(buffer);
        tally.checksum = Random64.mix(tally.checksum ^ buffer.checksum());
    }

    private Packed packed(Tally tally) {
        train.trim();
        validation.trim();
        test.trim();
        tally.train = train.rows();
        tally.validation = validation.rows();
        tally.test = test.rows();
        tally.trainWeight = train.weight();
        tally.validationWeight = validation.weight();
        return new Packed(this, tally);
    }

    private static SpecException at(int index, long number, SpecException bad) {
        return new SpecException("partition " + index + " row " + number + ": " + bad.getMessage());
    }
}

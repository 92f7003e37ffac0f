package io.firesteel.internal.shard;

import io.firesteel.array.Random64;
import io.firesteel.internal.block.Block;
import io.firesteel.internal.block.FeatureCodec;
import io.firesteel.internal.block.MemoryBudget;
import io.firesteel.internal.table.InternalRowView;
import io.firesteel.internal.table.RowParser;
import io.firesteel.row.BadRows;
import io.firesteel.row.RowBuffer;
import io.firesteel.row.RowCounts;
import io.firesteel.row.RowSchema;
import io.firesteel.spec.SpecException;
import java.io.Serializable;
import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;

/** One packed partition of a table: its training rows, its validation rows, and their counts. */
final class PackedPartition implements Serializable {
    private static final long serialVersionUID = 1;

    final Block train;
    final Block validation;

    private PackedPartition(RowSchema schema, MemoryBudget budget) {
        train = new Block(schema, budget);
        validation = new Block(schema, budget);
    }

    int rows() {
        return train.rows() + validation.rows();
    }

    /** What the driver needs to know about a partition. */
    static final class Tally implements Serializable {
        private static final long serialVersionUID = 1;

        final RowCounts counts;
        SpecException bad; // the bad row that ended the scan, or null
        int train;
        int validation;
        double trainWeight;
        double validationWeight;
        long bytes;
        long checksum;

        private Tally(BadRows policy) {
            counts = new RowCounts(policy);
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
     * Packs the rows of partition {@code index}. A bad row that ends the scan is returned, not thrown: Spark would
     * retry the task and fail again.
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
        Tally tally = new Tally(policy);
        RowBuffer buffer = new RowBuffer(schema);
        FeatureCodec form = FeatureCodec.of(schema);
        try {
            for (long number = 0; rows.hasNext(); number++) {
                try {
                    SpecException imputed = reader.read(row.at(rows.next()), buffer);
                    if (imputed != null) tally.counts.impute(at(index, number, imputed));
                } catch (SpecException e) {
                    tally.counts.skip(at(index, number, e));
                    continue;
                }
                (buffer.validation ? part.validation : part.train).add(buffer, weighted);
                tally.bytes += form.length(buffer);
                tally.checksum = Random64.mix(tally.checksum ^ buffer.checksum());
                tally.counts.keep();
            }
        } catch (SpecException e) {
            tally.bad = e;
        }
        part.train.trim();
        part.validation.trim();
        tally.train = part.train.rows();
        tally.validation = part.validation.rows();
        tally.trainWeight = part.train.weight();
        tally.validationWeight = part.validation.weight();
        return new Packed(part, tally);
    }

    private static SpecException at(int index, long number, SpecException bad) {
        return new SpecException("partition " + index + " row " + number + ": " + bad.getMessage());
    }
}

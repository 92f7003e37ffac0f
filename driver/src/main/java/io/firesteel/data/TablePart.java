package io.firesteel.data;

import io.firesteel.array.Random64;
import io.firesteel.spec.SpecException;
import java.io.Serializable;
import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;

/** One partition of a table, packed: the rows that train, those that are held out, and what reading them has met. */
final class TablePart implements Serializable {
    private static final long serialVersionUID = 1;

    final Block trained;
    final Block held;

    private TablePart(Header header, Room room) {
        trained = new Block(header, room);
        held = new Block(header, room);
    }

    int rows() {
        return trained.rows() + held.rows();
    }

    /** What the driver must know of a part. */
    static final class Tally implements Serializable {
        private static final long serialVersionUID = 1;

        final Census census;
        SpecException bad; // the row that ended the reading, or null
        int trained;
        int held;
        double trainedWeight;
        double heldWeight;
        long bytes;
        long checksum;

        private Tally(BadRows policy) {
            census = new Census(policy);
        }
    }

    /** A part and its tally. */
    static final class Packed implements Serializable {
        private static final long serialVersionUID = 1;

        final TablePart part;
        final Tally tally;

        private Packed(TablePart part, Tally tally) {
            this.part = part;
            this.tally = tally;
        }
    }

    /**
     * Packs the rows of partition {@code index}. A bad row that ends the reading is told and not thrown, since to try
     * again is no use.
     */
    static Packed pack(
            int index,
            TableRow row,
            Iterator<InternalRow> rows,
            CellReader reader,
            Header header,
            BadRows policy,
            boolean weighted,
            Room room) {
        TablePart part = new TablePart(header, room);
        Tally tally = new Tally(policy);
        Cells cells = new Cells(header);
        RowBytes form = RowBytes.of(header);
        try {
            for (long number = 0; rows.hasNext(); number++) {
                try {
                    SpecException mended = reader.read(row.at(rows.next()), cells);
                    if (mended != null) tally.census.impute(at(index, number, mended));
                } catch (SpecException e) {
                    tally.census.skip(at(index, number, e));
                    continue;
                }
                (cells.held ? part.held : part.trained).add(cells, weighted);
                tally.bytes += form.length(cells);
                tally.checksum = Random64.mix(tally.checksum ^ cells.checksum());
                tally.census.keep();
            }
        } catch (SpecException e) {
            tally.bad = e;
        }
        part.trained.trim();
        part.held.trim();
        tally.trained = part.trained.rows();
        tally.held = part.held.rows();
        tally.trainedWeight = part.trained.weight();
        tally.heldWeight = part.held.weight();
        return new Packed(part, tally);
    }

    private static SpecException at(int index, long number, SpecException bad) {
        return new SpecException("partition " + index + " row " + number + ": " + bad.getMessage());
    }
}

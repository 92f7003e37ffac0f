package io.firesteel.internal.table;

import io.firesteel.row.BadRows;
import io.firesteel.row.FeatureKind;
import io.firesteel.row.RowBuffer;
import io.firesteel.row.RowConsumer;
import io.firesteel.row.RowCounts;
import io.firesteel.row.RowScan;
import io.firesteel.row.RowSchema;
import io.firesteel.spec.SpecException;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/** The rows of a partition of a table. Those of files are known by file and block, all others by their partition. */
public final class TableScan implements RowScan {
    private final Iterator<InternalRow> rows;
    private final RowParser parser;
    private final InternalRowView view;
    private final RowBuffer buffer;
    private final BadRows bad;
    private final RowPlace place;

    private TableScan(Iterator<InternalRow> rows, RowParser parser, Selected selected, RowSchema schema, int index) {
        this.rows = rows;
        this.parser = parser;
        this.view = new InternalRowView(selected.schema, schema.features() == FeatureKind.SPARSE);
        this.buffer = new RowBuffer(schema);
        this.bad = selected.bad;
        this.place = selected.fromFiles ? RowPlace.inFiles(selected.schema) : RowPlace.inPartition(index);
    }

    /** What the tasks need to know of the table. */
    private record Selected(StructType schema, boolean fromFiles, BadRows bad) implements java.io.Serializable {}

    /**
     * One element per partition, which is read by the task that computes it.
     *
     * @param classes labels are 0..classes-1
     */
    public static JavaRDD<RowScan> of(
            Dataset<Row> table, ColumnRoles columns, RowSchema rowSchema, int classes, BadRows bad) {
        boolean fromFiles = FileMetadata.isIn(table);
        Dataset<Row> selected = selected(table, columns, fromFiles);
        Selected all = new Selected(selected.schema(), fromFiles, bad);
        RowParser parser = new RowParser(columns, all.schema, rowSchema, classes, bad);
        return selected.queryExecution()
                .toRdd()
                .toJavaRDD()
                .mapPartitionsWithIndex(
                        (index, rows) -> List.<RowScan>of(new TableScan(rows, parser, all, rowSchema, index))
                                .iterator(),
                        true);
    }

    /** All rows, in the order of their files and positions, as the calling thread asks for them. */
    public static RowScan inOrder(
            Dataset<Row> table, ColumnRoles columns, RowSchema rowSchema, int classes, BadRows bad) {
        boolean fromFiles = FileMetadata.isIn(table);
        Dataset<Row> selected = selected(table, columns, fromFiles);
        if (fromFiles && table.inputFiles().length > 1) selected = selected.orderBy(FileMetadata.order());
        Selected all = new Selected(selected.schema(), fromFiles, bad);
        return new TableScan(
                selected.queryExecution()
                        .toRdd()
                        .toJavaRDD()
                        .map(InternalRow::copy)
                        .toLocalIterator(),
                new RowParser(columns, all.schema, rowSchema, classes, bad),
                all,
                rowSchema,
                0);
    }

    private static Dataset<Row> selected(Dataset<Row> table, ColumnRoles columns, boolean fromFiles) {
        return ColumnRoles.select(table, columns.names(), fromFiles ? FileMetadata.columns(table) : List.of());
    }

    @Override
    public RowCounts read(RowConsumer sink) {
        RowCounts counts = new RowCounts(bad);
        while (rows.hasNext()) {
            InternalRow row = rows.next();
            if (place.next(row)) sink.segment(place.path(), place.start());
            try {
                SpecException imputed = parser.read(view.at(row), buffer);
                if (imputed != null) counts.impute(place.of(imputed));
            } catch (SpecException e) {
                counts.skip(place.of(e));
                continue;
            }
            sink.accept(counts.keep(), buffer);
        }
        return counts;
    }
}

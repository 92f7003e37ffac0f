package io.firesteel.internal.shard;

import io.firesteel.internal.block.MemoryBudgets;
import io.firesteel.internal.shard.PackedPartition.Packed;
import io.firesteel.internal.table.ColumnRoles;
import io.firesteel.internal.table.InternalRowView;
import io.firesteel.internal.table.RowParser;
import io.firesteel.row.BadRows;
import io.firesteel.row.FeatureKind;
import io.firesteel.row.RowSchema;
import io.firesteel.row.RowStorage;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/** Packs the rows of a table where they are, one element per partition. */
record TablePacking(
        StructType schema, RowParser reader, RowSchema rowSchema, BadRows bad, boolean weighted, MemoryBudgets budgets)
        implements Function2<Integer, Iterator<InternalRow>, Iterator<Packed>> {

    static JavaRDD<Packed> of(
            Dataset<Row> table, ColumnRoles columns, RowSchema rowSchema, int classes, BadRows bad, RowStorage level) {
        Dataset<Row> selected = columns.select(table);
        JavaRDD<InternalRow> rows = selected.queryExecution().toRdd().toJavaRDD();
        return rows.mapPartitionsWithIndex(
                new TablePacking(
                        selected.schema(),
                        new RowParser(columns, selected.schema(), rowSchema, classes, bad),
                        rowSchema,
                        bad,
                        columns.weight() != null,
                        MemoryBudgets.of(
                                JavaSparkContext.fromSparkContext(rows.context()), level, rows.getNumPartitions())),
                true);
    }

    @Override
    public Iterator<Packed> call(Integer index, Iterator<InternalRow> rows) {
        InternalRowView view = new InternalRowView(schema, rowSchema.features() == FeatureKind.SPARSE);
        return List.of(PackedPartition.pack(index, view, rows, reader, rowSchema, bad, weighted, budgets.budget()))
                .iterator();
    }
}

package io.firesteel.source;

import io.firesteel.array.Shape;
import io.firesteel.internal.table.ColumnRoles;
import io.firesteel.internal.table.SchemaProbe;
import io.firesteel.internal.table.TableScan;
import io.firesteel.internal.table.TableSession;
import io.firesteel.row.RowConsumer;
import io.firesteel.row.RowCounts;
import io.firesteel.row.RowScan;
import io.firesteel.row.RowSchema;
import io.firesteel.spec.SpecException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A table that Spark reads, by its own readers. Columns are found by name. */
public sealed interface TableSource extends Source permits Parquet, Table {
    /** The table; no row is read yet. */
    OpenTable open(SparkSession spark) throws IOException;

    /**
     * A table that Spark can read.
     *
     * @param torn what is wrong with files that are left out; each counts as one bad row
     */
    record OpenTable(Dataset<Row> rows, List<String> torn) {}

    String path();

    @Override
    default String name() {
        return path();
    }

    String label();

    List<String> values();

    List<String> features();

    String validation();

    Shape shape();

    List<String> classes();

    /** The column roles in this table. */
    private ColumnRoles roles(Dataset<Row> table) {
        List<String> targets = label() == null ? values() : List.of(label());
        List<String> others = new ArrayList<>(Arrays.asList(table.columns()));
        others.removeAll(targets);
        others.remove(weight());
        others.remove(validation());
        return new ColumnRoles(features() == null ? others : features(), targets, weight(), validation());
    }

    @Override
    default RowSchema schema() throws IOException {
        return TableSession.look(name(), spark -> {
            Dataset<Row> table = open(spark).rows;
            try {
                return schema(table);
            } catch (SpecException e) {
                throw new SpecException(name() + ": " + e.getMessage(), e);
            }
        });
    }

    private RowSchema schema(Dataset<Row> table) {
        ColumnRoles roles = roles(table);
        roles.check(table.schema(), label() != null);
        RowSchema found = SchemaProbe.schema(roles, table, label() != null, shape());
        if (label() == null) return found;
        return found.named(classes() != null ? classes() : SchemaProbe.classes(table, label()));
    }

    @Override
    default JavaRDD<RowScan> scans(JavaSparkContext spark, RowSchema schema, int classes) throws IOException {
        SparkSession session = SparkSession.builder().getOrCreate();
        return TableSession.translated(name(), () -> {
            OpenTable table = open(session);
            JavaRDD<RowScan> rows = TableScan.of(table.rows, roles(table.rows), schema, classes, bad());
            return table.torn.isEmpty()
                    ? rows
                    : spark.parallelize(List.of(table.torn), 1)
                            .<RowScan>map(torn -> sink -> counts(torn))
                            .union(rows);
        });
    }

    @Override
    default RowCounts read(RowSchema schema, int classes, RowConsumer sink) throws IOException {
        return TableSession.look(name(), spark -> {
            OpenTable table = open(spark);
            RowCounts counts = counts(table.torn);
            counts.add(TableScan.inOrder(table.rows, roles(table.rows), schema, classes, bad())
                    .read(sink));
            return counts;
        });
    }

    private RowCounts counts(List<String> torn) {
        RowCounts counts = new RowCounts(bad());
        for (String each : torn) counts.skip(new SpecException(each));
        return counts;
    }
}

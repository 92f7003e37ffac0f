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
    /** The table; nothing is read yet. */
    Dataset<Row> table(SparkSession spark) throws IOException;

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

    /**
     * What is wrong with the files that Spark would refuse, where the source skips them; each counts as one bad row.
     */
    default List<String> torn(SparkSession spark) {
        return List.of();
    }

    @Override
    default RowSchema schema() throws IOException {
        return TableSession.look(name(), spark -> {
            Dataset<Row> table = table(spark);
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
            Dataset<Row> table = table(session);
            JavaRDD<RowScan> rows = TableScan.of(table, roles(table), schema, classes, bad());
            List<String> torn = torn(session);
            return torn.isEmpty()
                    ? rows
                    : spark.parallelize(List.of(0), 1)
                            .<RowScan>map(each -> sink -> counts(torn))
                            .union(rows);
        });
    }

    @Override
    default RowCounts read(RowSchema schema, int classes, RowConsumer sink) throws IOException {
        return TableSession.look(name(), spark -> {
            Dataset<Row> table = table(spark);
            RowCounts counts = counts(torn(spark));
            counts.add(TableScan.inOrder(table, roles(table), schema, classes, bad())
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

package io.firesteel.ml;

import io.firesteel.internal.table.ColumnRoles;
import io.firesteel.internal.table.SchemaProbe;
import io.firesteel.model.ModelSpec;
import io.firesteel.modelfile.SavedModel;
import io.firesteel.spec.SpecException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Predictions of a saved model for a whole table: appends {@code prediction} and {@code probabilities}, or
 * {@code predictions} if the model predicts values, as numbers and arrays that any file format can store.
 */
public final class TablePredictions {
    private TablePredictions() {}

    /**
     * Lazy, like every transformation.
     *
     * @param features the feature columns, in the order in which the model takes them
     * @throws SpecException if they do not fit the model, or the table already has a column with an output's name
     */
    public static Dataset<Row> append(SavedModel saved, Dataset<Row> table, List<String> features) {
        ModelSpec model = saved.model();
        SchemaProbe.schema(new ColumnRoles(features, List.of(), null, null), table, false, model.input());
        String[] outputs =
                model.classifies() ? new String[] {"prediction", "probabilities"} : new String[] {"predictions"};
        for (String output : outputs)
            if (Arrays.asList(table.columns()).contains(output))
                throw new SpecException("column \"" + output + "\" exists already; leave it out of the table");
        return model.classifies() ? classes(saved, table, features) : values(saved, table, features);
    }

    private static Dataset<Row> classes(SavedModel saved, Dataset<Row> table, List<String> features) {
        NetClassificationModel stage = new NetClassificationModel(Identifiable.randomUID("predict"), saved, null);
        stage.set(stage.featuresCols(), features.toArray(new String[0]));
        Dataset<Row> found =
                stage.setRawPredictionCol("").setProbabilityCol("probabilities").transform(table);
        return select(
                found,
                table,
                named(found.col("prediction").cast("int"), saved.model().classes())
                        .as("prediction"),
                functions.vector_to_array(found.col("probabilities"), "float32").as("probabilities"));
    }

    /** The class's name, if it has one. */
    private static Column named(Column label, List<String> names) {
        if (names.isEmpty()) return label;
        Column[] all = names.stream().map(org.apache.spark.sql.functions::lit).toArray(Column[]::new);
        return org.apache.spark.sql.functions.element_at(org.apache.spark.sql.functions.array(all), label.plus(1));
    }

    private static Dataset<Row> values(SavedModel saved, Dataset<Row> table, List<String> features) {
        NetRegressionModel stage = new NetRegressionModel(Identifiable.randomUID("predict"), saved, null);
        stage.set(stage.featuresCols(), features.toArray(new String[0]));
        Dataset<Row> found = stage.setPredictionCol("predictions").transform(table);
        Column values = found.col("predictions");
        return select(
                found,
                table,
                saved.model().outputs() == 1
                        ? org.apache
                                .spark
                                .sql
                                .functions
                                .array(values.cast("float"))
                                .as("predictions")
                        : functions.vector_to_array(values, "float32").as("predictions"));
    }

    /** The schema: the columns of the table, then the outputs. */
    private static Dataset<Row> select(Dataset<Row> found, Dataset<Row> table, Column... outputs) {
        List<Column> all = new ArrayList<>();
        for (String name : table.columns()) all.add(found.col("`" + name.replace("`", "``") + "`"));
        all.addAll(List.of(outputs));
        return found.select(all.toArray(new Column[0]));
    }
}

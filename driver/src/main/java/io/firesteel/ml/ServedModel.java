package io.firesteel.ml;

import io.firesteel.internal.table.ColumnRoles;
import io.firesteel.internal.table.RowParser;
import io.firesteel.model.CompiledModel;
import io.firesteel.modelfile.SavedModel;
import io.firesteel.row.BadRows;
import io.firesteel.row.InputScaler;
import io.firesteel.spec.SpecException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The transform and predict code that the Spark ML models share, around a saved model. */
final class ServedModel implements Serializable {
    private static final long serialVersionUID = 1;

    private final io.firesteel.model.ModelSpec model;
    private final float[] params;
    private final String card;
    private transient Broadcast<float[]> sent;
    private transient ThreadLocal<CompiledModel> programs;

    ServedModel(SavedModel saved) {
        this.model = saved.model();
        this.params = saved.params();
        this.card = saved.card();
    }

    SavedModel saved() {
        return new SavedModel(model, params, card);
    }

    io.firesteel.model.ModelSpec model() {
        return model;
    }

    /** The columns that an estimator trains on. */
    static ColumnRoles columns(NetEstimator<?> stage, String featuresCol, String labelCol) {
        String weight = stage.isDefined(stage.weightCol()) ? stage.getWeightCol() : "";
        return new ColumnRoles(
                features(stage, featuresCol),
                List.of(labelCol),
                weight.isEmpty() ? null : weight,
                stage.getValidationIndicatorCol());
    }

    /** The feature columns. */
    static List<String> features(NetParams stage, String featuresCol) {
        return stage.getFeaturesCols() == null ? List.of(featuresCol) : List.of(stage.getFeaturesCols());
    }

    /** The same in the order in which the model takes them, where it knows their names. */
    List<String> inputs(NetParams stage, String featuresCol) {
        List<String> given = features(stage, featuresCol);
        return stage.getFeaturesCols() == null || model.columns() == null
                ? given
                : model.columns().order(given);
    }

    /** The schema with the output columns; columns with an empty name are left out. */
    static StructType appended(StructType schema, Map<String, OutputColumns.Kind> outputs, int n) {
        for (var output : outputs.entrySet()) {
            String name = output.getKey();
            if (Arrays.asList(schema.fieldNames()).contains(name))
                throw new SpecException(
                        "column \"" + name + "\" exists already; give the output another name, or \"\" for none");
            schema = switch (output.getValue()) {
                case VALUE -> schema.add(name, DataTypes.DoubleType, false);
                case PREDICTION ->
                    schema.add(
                            n == 0
                                    ? DataTypes.createStructField(name, DataTypes.DoubleType, false)
                                    : NominalAttribute.defaultAttr()
                                            .withName(name)
                                            .withNumValues(n)
                                            .toStructField());
                default ->
                    schema.add(
                            n == 0
                                    ? DataTypes.createStructField(name, SQLDataTypes.VectorType(), false)
                                    : new AttributeGroup(name, n).toStructField());
            };
        }
        return schema;
    }

    static Map<String, OutputColumns.Kind> outputs(Object... namesAndKinds) {
        Map<String, OutputColumns.Kind> outputs = new LinkedHashMap<>();
        for (int i = 0; i < namesAndKinds.length; i += 2)
            if (!namesAndKinds[i].equals(""))
                outputs.put((String) namesAndKinds[i], (OutputColumns.Kind) namesAndKinds[i + 1]);
        return outputs;
    }

    /** Appends the outputs to every row of the table; lazy, like every transformation. */
    Dataset<Row> transform(
            Dataset<?> table,
            NetParams stage,
            String featuresCol,
            Map<String, OutputColumns.Kind> outputs,
            double[] thresholds) {
        Dataset<Row> rows = table.toDF();
        if (outputs.isEmpty()) return rows;
        List<String> features = inputs(stage, featuresCol);
        new ColumnRoles(features, List.of(), null, null).checkFeatures(rows.schema());
        BadRows bad = EstimatorFit.badRows(stage);
        RowParser reader = RowParser.features(features, rows.schema(), model.input(), bad);
        List<OutputColumns.Kind> kinds = new ArrayList<>(outputs.values());
        StructType schema = appended(rows.schema(), outputs, model.outputs()), placed = new StructType();
        Column[] columns = new Column[schema.size()];
        for (int i = 0; i < columns.length; i++) {
            StructField field = schema.apply(i);
            String place = "_" + i; // names may be doubled
            placed = placed.add(place, field.dataType(), field.nullable());
            // an encoder drops metadata, such as a watermark, and collations
            columns[i] = functions.col(place).cast(field.dataType()).as(field.name(), field.metadata());
        }
        String[] places = Arrays.copyOf(placed.fieldNames(), rows.schema().size());
        return rows.toDF(places)
                .mapPartitions(
                        new OutputColumns(model, sent(table), reader, bad, kinds, thresholds), Encoders.row(placed))
                .select(columns);
    }

    /** The parameters on the executors; broadcast once, and removed by Spark when this object is collected. */
    private synchronized Broadcast<float[]> sent(Dataset<?> table) {
        if (sent == null || !table.sparkSession().sparkContext().equals(sentBy)) {
            sentBy = table.sparkSession().sparkContext();
            sent = JavaSparkContext.fromSparkContext(sentBy).broadcast(params);
        }
        return sent;
    }

    private transient org.apache.spark.SparkContext sentBy;

    /** The output of the last layer for one row. */
    float[] scores(Vector features) {
        if (features.size() != model.input().size())
            throw new SpecException(features.size() + " features, the model takes [" + model.input() + "]");
        float[] raw = new float[features.size()];
        for (int i = 0; i < raw.length; i++) raw[i] = (float) features.apply(i);
        CompiledModel program = program();
        new InputScaler(model).apply(raw, 0, raw.length, program.x, 0);
        return program.scores(params, 1);
    }

    private synchronized CompiledModel program() {
        if (programs == null) programs = ThreadLocal.withInitial(() -> new CompiledModel(model, 1));
        return programs.get();
    }
}

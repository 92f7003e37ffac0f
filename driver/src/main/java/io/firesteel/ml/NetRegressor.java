package io.firesteel.ml;

import io.firesteel.internal.table.ColumnRoles;
import io.firesteel.loss.SquaredError;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.regression.Regressor;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/**
 * A Spark ML regressor that trains a neural network with 1/2 squared distance as its loss. If the label column holds
 * vectors or arrays, the network has as many outputs, and predictions are vectors.
 *
 * <pre>{@code
 * NetRegressor net = new NetRegressor().setLayers("dense(64) tanh -> dense(1)").setLearningRate(0.003);
 * NetRegressionModel model = net.fit(houses);
 * Dataset<Row> answers = model.transform(others);
 * }</pre>
 */
public final class NetRegressor extends Regressor<Vector, NetRegressor, NetRegressionModel>
        implements NetEstimator<NetRegressor>, DefaultParamsWritable {
    private static final long serialVersionUID = 1;

    private String uid; // no initializer: Spark's constructor asks for it before one would run
    private NetParamSet settings;
    private Param<String> weightCol;

    public NetRegressor() {
        settings();
        weightCol = new Param<>(uid(), "weightCol", "column of row weights (0 or more), scaled to a mean of 1");
    }

    /** A stage with the given {@code uid}. */
    public NetRegressor(String uid) {
        this(StageUid.give(uid));
    }

    private NetRegressor(Void unused) {
        this();
    }

    @Override
    public String uid() {
        if (uid == null) uid = StageUid.take("netRegressor");
        return uid;
    }

    @Override
    public NetParamSet settings() {
        if (settings == null) settings = new NetParamSet(this);
        return settings;
    }

    @Override
    public Param<String> weightCol() {
        return weightCol;
    }

    @Override
    public void org$apache$spark$ml$param$shared$HasWeightCol$_setter_$weightCol_$eq(Param<String> param) {
        weightCol = param;
    }

    /** Unlike Spark's own method, this accepts a label column of vectors. */
    @Override
    public NetRegressionModel fit(Dataset<?> dataset) {
        transformSchema(dataset.schema());
        NetRegressionModel model = train(dataset);
        model.setParent(this);
        return copyValues(model, org.apache.spark.ml.param.ParamMap.empty());
    }

    @Override
    public NetRegressionModel train(Dataset<?> dataset) {
        EstimatorFit fit = EstimatorFit.of(this, dataset.toDF(), columns(), false, new SquaredError());
        return new NetRegressionModel(uid(), fit.model(), fit.summary());
    }

    private ColumnRoles columns() {
        return ServedModel.columns(this, getFeaturesCol(), getLabelCol());
    }

    @Override
    public StructType transformSchema(StructType schema) {
        columns().check(schema);
        boolean single = schema.apply(getLabelCol()).dataType() instanceof NumericType;
        return ServedModel.appended(
                schema,
                ServedModel.outputs(getPredictionCol(), single ? OutputColumns.Kind.VALUE : OutputColumns.Kind.VALUES),
                0);
    }

    @Override
    public NetRegressor copy(ParamMap extra) {
        return defaultCopy(extra);
    }

    public static MLReader<NetRegressor> read() {
        return new DefaultParamsReader<>();
    }

    public static NetRegressor load(String path) {
        return read().load(path);
    }
}

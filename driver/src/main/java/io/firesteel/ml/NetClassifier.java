package io.firesteel.ml;

import io.firesteel.internal.table.ColumnRoles;
import io.firesteel.loss.SoftmaxCrossEntropy;
import org.apache.spark.ml.classification.ProbabilisticClassifier;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * A Spark ML classifier that trains a neural network on class labels 0, 1, 2, ... with softmax and cross-entropy.
 *
 * <pre>{@code
 * NetClassifier net = new NetClassifier().setLayers("784 -> dense(256) relu -> dense(10)").setEpochs(5);
 * NetClassificationModel model = net.fit(images);
 * Dataset<Row> answers = model.transform(others);
 * }</pre>
 */
public final class NetClassifier extends ProbabilisticClassifier<Vector, NetClassifier, NetClassificationModel>
        implements NetEstimator<NetClassifier>, DefaultParamsWritable {
    private static final long serialVersionUID = 1;

    private String uid; // no initializer: Spark's constructor asks for it before one would run
    private NetParamSet settings;
    private Param<String> weightCol;

    public NetClassifier() {
        settings();
        weightCol = new Param<>(uid(), "weightCol", "column of row weights (0 or more), scaled to a mean of 1");
    }

    /** A stage with the given {@code uid}. */
    public NetClassifier(String uid) {
        this(StageUid.give(uid));
    }

    private NetClassifier(Void unused) {
        this();
    }

    @Override
    public String uid() {
        if (uid == null) uid = StageUid.take("netClassifier");
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

    @Override
    public NetClassificationModel train(Dataset<?> dataset) {
        EstimatorFit fit = EstimatorFit.of(this, dataset.toDF(), columns(), true, new SoftmaxCrossEntropy());
        return new NetClassificationModel(uid(), fit.model(), fit.summary());
    }

    private ColumnRoles columns() {
        return ServedModel.columns(this, getFeaturesCol(), getLabelCol());
    }

    @Override
    public StructType transformSchema(StructType schema) {
        columns().check(schema);
        return ServedModel.appended(
                schema,
                ServedModel.outputs(
                        getRawPredictionCol(),
                        OutputColumns.Kind.RAW,
                        getProbabilityCol(),
                        OutputColumns.Kind.PROBABILITY,
                        getPredictionCol(),
                        OutputColumns.Kind.PREDICTION),
                0);
    }

    @Override
    public NetClassifier copy(ParamMap extra) {
        return defaultCopy(extra);
    }

    public static MLReader<NetClassifier> read() {
        return new DefaultParamsReader<>();
    }

    public static NetClassifier load(String path) {
        return read().load(path);
    }
}

package io.firesteel.ml;

import io.firesteel.internal.table.ColumnRoles;
import io.firesteel.modelfile.SavedModel;
import io.firesteel.spec.SpecException;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.classification.ProbabilisticClassificationModel;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import scala.Tuple3;

/**
 * A trained network as a Spark ML model. Its saved folder holds Spark's metadata and, in {@code net}, a model that
 * every Firesteel command accepts.
 */
public final class NetClassificationModel extends ProbabilisticClassificationModel<Vector, NetClassificationModel>
        implements NetParams, MLWritable {
    private static final long serialVersionUID = 1;

    private String uid; // no initializer: Spark's constructor asks for it before one would run
    private NetParamSet settings;
    private final ServedModel net;
    private transient TrainingSummary summary;

    NetClassificationModel(String uid, SavedModel saved, TrainingSummary summary) {
        this(StageUid.give(uid), new ServedModel(saved), summary);
    }

    private NetClassificationModel(Void unused, ServedModel net, TrainingSummary summary) {
        this.net = net;
        this.summary = summary;
        settings();
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

    /** The network and its parameters. */
    public SavedModel saved() {
        return net.saved();
    }

    public boolean hasSummary() {
        return summary != null;
    }

    /** The history of the training; null for a model that was loaded from a file. */
    public TrainingSummary summary() {
        return summary;
    }

    @Override
    public int numFeatures() {
        return net.model().input().size();
    }

    @Override
    public int numClasses() {
        return net.model().outputs();
    }

    @Override
    public Vector predictRaw(Vector features) {
        return OutputColumns.vector(net.scores(features), 0, numClasses());
    }

    @Override
    public Vector raw2probabilityInPlace(Vector raw) {
        double[] values = ((DenseVector) raw).values();
        float[] y = new float[values.length];
        for (int j = 0; j < y.length; j++) y[j] = (float) values[j];
        net.model().loss().predict(1, y.length, y);
        for (int j = 0; j < y.length; j++) values[j] = y[j];
        return raw;
    }

    private Map<String, OutputColumns.Kind> outputs() {
        return ServedModel.outputs(
                getRawPredictionCol(),
                OutputColumns.Kind.RAW,
                getProbabilityCol(),
                OutputColumns.Kind.PROBABILITY,
                getPredictionCol(),
                OutputColumns.Kind.PREDICTION);
    }

    /** Needed by javac, which cannot reconcile the types of the two inherited Scala methods. */
    @SuppressWarnings({"rawtypes", "unchecked"})
    @Override
    public Tuple3 findSummaryModel() {
        return new Tuple3(this, getRawPredictionCol(), getPredictionCol());
    }

    @Override
    public StructType transformSchema(StructType schema) {
        new ColumnRoles(ServedModel.features(this, getFeaturesCol()), List.of(), null, null).check(schema);
        return ServedModel.appended(schema, outputs(), net.model().outputs());
    }

    @Override
    public Dataset<Row> transform(Dataset<?> dataset) {
        transformSchema(dataset.schema());
        double[] thresholds = isDefined(thresholds()) ? getThresholds() : null;
        if (thresholds != null && thresholds.length != numClasses())
            throw new SpecException("thresholds: " + thresholds.length + " values, but the model has " + numClasses()
                    + " classes; give one per class");
        return net.transform(dataset, this, getFeaturesCol(), outputs(), thresholds);
    }

    @Override
    public NetClassificationModel copy(ParamMap extra) {
        NetClassificationModel copy = copyValues(new NetClassificationModel(StageUid.give(uid()), net, summary), extra);
        copy.setParent(parent());
        return copy;
    }

    @Override
    public MLWriter write() {
        return new StagePersistence.Writer(this, net.saved());
    }

    public static MLReader<NetClassificationModel> read() {
        return new StagePersistence.Reader<>(
                NetClassificationModel.class, (uid, saved) -> new NetClassificationModel(uid, saved, null));
    }

    public static NetClassificationModel load(String path) {
        return read().load(path);
    }
}

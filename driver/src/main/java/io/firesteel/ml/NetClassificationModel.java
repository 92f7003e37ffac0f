package io.firesteel.ml;

import io.firesteel.data.Columns;
import io.firesteel.spec.SpecException;
import io.firesteel.train.SavedModel;
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
 * A trained network as a model of Spark ML. Its folder holds Spark's metadata and, in {@code net}, a model that every
 * command takes.
 */
public final class NetClassificationModel extends ProbabilisticClassificationModel<Vector, NetClassificationModel>
        implements NetParams, MLWritable {
    private static final long serialVersionUID = 1;

    private String uid; // no initializer: Spark's constructor asks for it before one would run
    private NetSettings settings;
    private final Net net;
    private transient TrainingSummary summary;

    NetClassificationModel(String uid, SavedModel saved, TrainingSummary summary) {
        this(Uid.give(uid), new Net(saved), summary);
    }

    private NetClassificationModel(Void given, Net net, TrainingSummary summary) {
        this.net = net;
        this.summary = summary;
        settings();
    }

    @Override
    public String uid() {
        if (uid == null) uid = Uid.take("netClassifier");
        return uid;
    }

    @Override
    public NetSettings settings() {
        if (settings == null) settings = new NetSettings(this);
        return settings;
    }

    /** The network and its parameters. */
    public SavedModel saved() {
        return net.saved();
    }

    public boolean hasSummary() {
        return summary != null;
    }

    /** What training has brought; null in a model that was read from a file. */
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
        return Outputs.vector(net.scores(features), 0, numClasses());
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

    private Map<String, Outputs.Kind> outputs() {
        return Net.outputs(
                getRawPredictionCol(),
                Outputs.Kind.RAW,
                getProbabilityCol(),
                Outputs.Kind.PROBABILITY,
                getPredictionCol(),
                Outputs.Kind.PREDICTION);
    }

    /** Javac wants this said, since Scala's two have types that it cannot bring together. */
    @SuppressWarnings({"rawtypes", "unchecked"})
    @Override
    public Tuple3 findSummaryModel() {
        return new Tuple3(this, getRawPredictionCol(), getPredictionCol());
    }

    @Override
    public StructType transformSchema(StructType schema) {
        new Columns(Net.features(this, getFeaturesCol()), List.of(), null, null).check(schema);
        return Net.appended(schema, outputs(), net.model().outputs());
    }

    @Override
    public Dataset<Row> transform(Dataset<?> dataset) {
        transformSchema(dataset.schema());
        double[] thresholds = isDefined(thresholds()) ? getThresholds() : null;
        if (thresholds != null && thresholds.length != numClasses())
            throw new SpecException("thresholds: " + thresholds.length + " numbers, the model has " + numClasses()
                    + " classes; give one a class");
        return net.transform(dataset, this, getFeaturesCol(), outputs(), thresholds);
    }

    @Override
    public NetClassificationModel copy(ParamMap extra) {
        NetClassificationModel copy = copyValues(new NetClassificationModel(Uid.give(uid()), net, summary), extra);
        copy.setParent(parent());
        return copy;
    }

    @Override
    public MLWriter write() {
        return new Saved.Writer(this, net.saved());
    }

    public static MLReader<NetClassificationModel> read() {
        return new Saved.Reader<>(
                NetClassificationModel.class, (uid, saved) -> new NetClassificationModel(uid, saved, null));
    }

    public static NetClassificationModel load(String path) {
        return read().load(path);
    }
}

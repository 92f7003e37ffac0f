package io.firesteel.ml;

import io.firesteel.internal.table.ColumnRoles;
import io.firesteel.modelfile.SavedModel;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.regression.RegressionModel;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * A trained network as a Spark ML model. Its saved folder holds Spark's metadata and, in {@code net}, a model that
 * every Firesteel command accepts.
 */
public final class NetRegressionModel extends RegressionModel<Vector, NetRegressionModel>
        implements NetParams, MLWritable {
    private static final long serialVersionUID = 1;

    private String uid; // no initializer: Spark's constructor asks for it before one would run
    private NetParamSet settings;
    private final ServedModel net;
    private transient TrainingSummary summary;

    NetRegressionModel(String uid, SavedModel saved, TrainingSummary summary) {
        this(StageUid.give(uid), new ServedModel(saved), summary);
    }

    private NetRegressionModel(Void unused, ServedModel net, TrainingSummary summary) {
        this.net = net;
        this.summary = summary;
        settings();
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

    /** The first output; {@link #transform} gives all of them. */
    @Override
    public double predict(Vector features) {
        return net.scores(features)[0];
    }

    private Map<String, OutputColumns.Kind> outputs() {
        return ServedModel.outputs(
                getPredictionCol(), net.model().outputs() == 1 ? OutputColumns.Kind.VALUE : OutputColumns.Kind.VALUES);
    }

    @Override
    public StructType transformSchema(StructType schema) {
        new ColumnRoles(ServedModel.features(this, getFeaturesCol()), List.of(), null, null).check(schema);
        return ServedModel.appended(schema, outputs(), net.model().outputs());
    }

    @Override
    public Dataset<Row> transform(Dataset<?> dataset) {
        transformSchema(dataset.schema());
        return net.transform(dataset, this, getFeaturesCol(), outputs(), null);
    }

    @Override
    public NetRegressionModel copy(ParamMap extra) {
        NetRegressionModel copy = copyValues(new NetRegressionModel(StageUid.give(uid()), net, summary), extra);
        copy.setParent(parent());
        return copy;
    }

    @Override
    public MLWriter write() {
        return new StagePersistence.Writer(this, net.saved());
    }

    public static MLReader<NetRegressionModel> read() {
        return new StagePersistence.Reader<>(
                NetRegressionModel.class, (uid, saved) -> new NetRegressionModel(uid, saved, null));
    }

    public static NetRegressionModel load(String path) {
        return read().load(path);
    }
}

package io.firesteel.ml;

import io.firesteel.layer.Layer;
import io.firesteel.metric.Metric;
import io.firesteel.optim.Clipping;
import io.firesteel.optim.Optimizer;
import io.firesteel.row.RowStorage;
import io.firesteel.schedule.Schedule;
import io.firesteel.spec.Specs;
import java.io.Serializable;
import java.util.Arrays;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;

/** The Params of one stage: their documentation, allowed values, and defaults. */
public final class NetParamSet implements Serializable {
    private static final long serialVersionUID = 1;

    final Param<String> layers;
    final Param<String> optimizer;
    final DoubleParam learningRate;
    final Param<String> schedule;
    final DoubleParam weightDecay;
    final IntParam batchSize;
    final IntParam epochs;
    final LongParam maxSteps;
    final LongParam seed;
    final IntParam shards;
    final BooleanParam standardization;
    final DoubleParam validationFraction;
    final Param<String> validationIndicatorCol;
    final StringArrayParam featuresCols;
    final Param<String> metrics;
    final Param<String> clipping;
    final Param<String> badRows;
    final Param<String> initialModel;
    final Param<String> checkpointFolder;
    final Param<String> checkpoint;
    final Param<String> storage;
    final Param<String> gradients;

    NetParamSet(Params owner) {
        String uid = owner.uid();
        layers = new Param<>(
                uid,
                "layers",
                "the network, \"784 -> dense(256) relu -> dense(10)\", or a JSON list of layers as in a run "
                        + "file; there is " + names(Layer.class) + "; null for the layers of initialModel");
        optimizer = new Param<>(
                uid,
                "optimizer",
                names(Optimizer.class) + ", or JSON with its settings: {\"type\": \"Sgd\", \"momentum\": 0.9}");
        learningRate = new DoubleParam(
                uid,
                "learningRate",
                "learning rate of a schedule that gives none itself (above 0)",
                ParamValidators.gt(0));
        schedule = new Param<>(
                uid,
                "schedule",
                "Constant, Cosine (over the whole run), or JSON with the settings of one of " + names(Schedule.class)
                        + "; where it gives no learning rate it takes learningRate");
        weightDecay = new DoubleParam(
                uid,
                "weightDecay",
                "lambda of J = L + lambda/2 ||W||^2, on weights and not on biases (0 or more)",
                ParamValidators.gtEq(0));
        batchSize = new IntParam(
                uid, "batchSize", "rows of one update, on all machines together (above 0)", ParamValidators.gt(0));
        epochs =
                new IntParam(uid, "epochs", "number of passes over the training rows (above 0)", ParamValidators.gt(0));
        maxSteps = new LongParam(
                uid,
                "maxSteps",
                "stop after this many updates even if epochs are left; 0 for never",
                ParamValidators.gtEq(0));
        seed = new LongParam(uid, "seed", "seed of the initial weights and of the order of the rows");
        shards = new IntParam(
                uid,
                "shards",
                "number of logical shards (above 0); changing it changes the floating-point result, changing "
                        + "the cluster does not",
                ParamValidators.gt(0));
        standardization = new BooleanParam(
                uid,
                "standardization",
                "whether to scale every channel, or feature of a vector, to mean 0 and standard deviation 1 as learned "
                        + "on the training rows; sparse vectors keep their zeros");
        validationFraction = new DoubleParam(
                uid,
                "validationFraction",
                "fraction of the rows to use for validation, in [0, 1)",
                ParamValidators.inRange(0, 1, true, false));
        validationIndicatorCol = new Param<>(
                uid,
                "validationIndicatorCol",
                "column that is true in validation rows; takes precedence over validationFraction");
        featuresCols = new StringArrayParam(
                owner,
                "featuresCols",
                "several columns of numbers, arrays or vectors as the features, instead of featuresCol");
        metrics = new Param<>(
                uid,
                "metrics",
                "what is reported per epoch beside the loss, [\"Accuracy\", {\"type\": \"TopK\", \"k\": 5}], of "
                        + names(Metric.class) + "; null for accuracy where there are class labels");
        clipping = new Param<>(
                uid,
                "clipping",
                "how the mean gradient is bounded, {\"type\": \"ClipByGlobalNorm\", \"norm\": 1}, of "
                        + names(Clipping.class) + "; null for not at all");
        badRows = new Param<>(
                uid,
                "badRows",
                "what to do with a row that cannot be used, in training and in prediction: Fail, Skip, or JSON "
                        + "such as {\"type\": \"Impute\", \"value\": 0, \"budget\": 10}");
        initialModel = new Param<>(uid, "initialModel", "folder of a saved model to start training from");
        checkpointFolder = new Param<>(
                uid,
                "checkpointFolder",
                "folder on any Hadoop file system; a killed fit resumes from there when it is "
                        + "started again with the same settings and rows");
        checkpoint = new Param<>(
                uid, "checkpoint", "when to save checkpoints, as in a run file: {\"steps\": 100, \"keep\": 2}");
        storage = new Param<>(
                uid,
                "storage",
                "where packed training rows are cached: MEMORY_AND_DISK (in memory up to half of Spark's "
                        + "storage memory), "
                        + "MEMORY_ONLY, DISK_ONLY; it does not change the result",
                ParamValidators.inArray(
                        Arrays.stream(RowStorage.values()).map(RowStorage::name).toArray()));
        gradients = new Param<>(
                uid,
                "gradients",
                "auto, in-process, spark-persistent, spark or spark-slices; it does not change the result");
        owner.setDefault(optimizer, "Adam");
        owner.setDefault(learningRate, 1e-3);
        owner.setDefault(schedule, "Constant");
        owner.setDefault(weightDecay, 0.0);
        owner.setDefault(batchSize, 64);
        owner.setDefault(epochs, 10);
        owner.setDefault(maxSteps, 0L);
        owner.setDefault(seed, 1L);
        owner.setDefault(shards, 4);
        owner.setDefault(standardization, true);
        owner.setDefault(validationFraction, 0.0);
        owner.setDefault(badRows, "Fail");
        owner.setDefault(checkpoint, "{}");
        owner.setDefault(storage, "MEMORY_AND_DISK");
        owner.setDefault(gradients, "auto");
    }

    private static String names(Class<?> family) {
        return String.join(", ", Specs.names(family));
    }
}

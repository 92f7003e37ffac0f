package io.firesteel.ml;

import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;
import scala.Option;

/**
 * The Params that estimators and their models share, besides Spark's own, and their values. The value of a Param that
 * is not set is null.
 */
public interface NetParams extends Params {
    /** The Param objects. */
    NetParamSet settings();

    default Param<String> layers() {
        return settings().layers;
    }

    default Param<String> optimizer() {
        return settings().optimizer;
    }

    default DoubleParam learningRate() {
        return settings().learningRate;
    }

    default Param<String> schedule() {
        return settings().schedule;
    }

    default DoubleParam weightDecay() {
        return settings().weightDecay;
    }

    default IntParam batchSize() {
        return settings().batchSize;
    }

    default IntParam epochs() {
        return settings().epochs;
    }

    default LongParam maxSteps() {
        return settings().maxSteps;
    }

    default LongParam seed() {
        return settings().seed;
    }

    default IntParam shards() {
        return settings().shards;
    }

    default BooleanParam standardization() {
        return settings().standardization;
    }

    default DoubleParam validationFraction() {
        return settings().validationFraction;
    }

    default Param<String> validationIndicatorCol() {
        return settings().validationIndicatorCol;
    }

    default StringArrayParam featuresCols() {
        return settings().featuresCols;
    }

    default Param<String> metrics() {
        return settings().metrics;
    }

    default Param<String> clipping() {
        return settings().clipping;
    }

    default Param<String> badRows() {
        return settings().badRows;
    }

    default Param<String> initialModel() {
        return settings().initialModel;
    }

    default Param<String> checkpointFolder() {
        return settings().checkpointFolder;
    }

    default Param<String> checkpoint() {
        return settings().checkpoint;
    }

    default Param<String> storage() {
        return settings().storage;
    }

    default Param<String> gradients() {
        return settings().gradients;
    }

    default String getLayers() {
        return valueOf(layers());
    }

    default String getOptimizer() {
        return valueOf(optimizer());
    }

    default double getLearningRate() {
        return (Double) getOrDefault(learningRate());
    }

    default String getSchedule() {
        return valueOf(schedule());
    }

    default double getWeightDecay() {
        return (Double) getOrDefault(weightDecay());
    }

    default int getBatchSize() {
        return (Integer) getOrDefault(batchSize());
    }

    default int getEpochs() {
        return (Integer) getOrDefault(epochs());
    }

    default long getMaxSteps() {
        return (Long) getOrDefault(maxSteps());
    }

    default long getSeed() {
        return (Long) getOrDefault(seed());
    }

    default int getShards() {
        return (Integer) getOrDefault(shards());
    }

    default boolean getStandardization() {
        return (Boolean) getOrDefault(standardization());
    }

    default double getValidationFraction() {
        return (Double) getOrDefault(validationFraction());
    }

    default String getValidationIndicatorCol() {
        return valueOf(validationIndicatorCol());
    }

    default String[] getFeaturesCols() {
        return valueOf(featuresCols());
    }

    default String getMetrics() {
        return valueOf(metrics());
    }

    default String getClipping() {
        return valueOf(clipping());
    }

    default String getBadRows() {
        return valueOf(badRows());
    }

    default String getInitialModel() {
        return valueOf(initialModel());
    }

    default String getCheckpointFolder() {
        return valueOf(checkpointFolder());
    }

    default String getCheckpoint() {
        return valueOf(checkpoint());
    }

    default String getStorage() {
        return valueOf(storage());
    }

    default String getGradients() {
        return valueOf(gradients());
    }

    private <T> T valueOf(Param<T> param) {
        Option<T> set = get(param);
        return set.isDefined()
                ? set.get()
                : getDefault(param).isDefined() ? getDefault(param).get() : null;
    }
}

package io.firesteel.ml;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.shared.HasWeightCol;

/** The setters of an estimator; each returns the estimator, and null unsets the Param. */
public interface NetEstimator<E> extends NetParams, HasWeightCol {
    default E setLayers(String value) {
        return with(layers(), value);
    }

    default E setOptimizer(String value) {
        return with(optimizer(), value);
    }

    default E setLearningRate(double value) {
        return with(learningRate(), value);
    }

    default E setSchedule(String value) {
        return with(schedule(), value);
    }

    default E setWeightDecay(double value) {
        return with(weightDecay(), value);
    }

    default E setBatchSize(int value) {
        return with(batchSize(), value);
    }

    default E setEpochs(int value) {
        return with(epochs(), value);
    }

    default E setMaxSteps(long value) {
        return with(maxSteps(), value);
    }

    default E setSeed(long value) {
        return with(seed(), value);
    }

    default E setShards(int value) {
        return with(shards(), value);
    }

    default E setStandardization(boolean value) {
        return with(standardization(), value);
    }

    default E setValidationFraction(double value) {
        return with(validationFraction(), value);
    }

    default E setValidationIndicatorCol(String value) {
        return with(validationIndicatorCol(), value);
    }

    default E setFeaturesCols(String... value) {
        return with(featuresCols(), value);
    }

    default E setClipping(String value) {
        return with(clipping(), value);
    }

    default E setBadRows(String value) {
        return with(badRows(), value);
    }

    default E setMetrics(String value) {
        return with(metrics(), value);
    }

    default E setInitialModel(String value) {
        return with(initialModel(), value);
    }

    default E setCheckpointFolder(String value) {
        return with(checkpointFolder(), value);
    }

    default E setCheckpoint(String value) {
        return with(checkpoint(), value);
    }

    default E setStorage(String value) {
        return with(storage(), value);
    }

    default E setWeightCol(String value) {
        return with(weightCol(), value);
    }

    default E setGradients(String value) {
        return with(gradients(), value);
    }

    @SuppressWarnings("unchecked")
    private <T> E with(Param<T> param, T value) {
        if (value == null) clear(param);
        else set(param, value);
        return (E) this;
    }
}

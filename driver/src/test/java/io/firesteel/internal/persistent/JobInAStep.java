package io.firesteel.internal.persistent;

import io.firesteel.internal.gradient.Batch;
import io.firesteel.metric.Sums;
import io.firesteel.train.TrainingListener;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/** A listener that runs a Spark job after every step, as one that writes to a table does. */
record JobInAStep(JavaSparkContext spark, List<Long> counts) implements TrainingListener {
    @Override
    public void step(Batch batch, Sums sums, double learningRate, double seconds) {
        counts.add(spark.parallelize(List.of(1, 2, 3), 3).count());
    }
}

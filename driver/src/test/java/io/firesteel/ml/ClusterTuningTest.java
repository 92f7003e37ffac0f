package io.firesteel.ml;

import static io.firesteel.ml.Points.net;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.firesteel.Fixture;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** A search on two slots, whose fits' tasks stay there. */
class ClusterTuningTest {
    @Test
    void fourFitsAtATimeAndAQueryGiveWhatEachGivesAlone() throws Exception {
        NetClassifier net = net().setEpochs(1);
        CrossValidator search = new CrossValidator()
                .setEstimator(net)
                .setNumFolds(2)
                .setSeed(1)
                .setEstimatorParamMaps(new ParamGridBuilder()
                        .addGrid(net.batchSize(), new int[] {8, 32})
                        .addGrid(net.learningRate(), new double[] {0.01, 0.1})
                        .build())
                .setEvaluator(new MulticlassClassificationEvaluator());
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try (JavaSparkContext context = Fixture.spark(
                "local-cluster[2,1,1024]",
                "spark.sql.shuffle.partitions",
                "2",
                "spark.executor.extraClassPath",
                System.getProperty("java.class.path"))) {
            Dataset<Row> points = Points.assembled(Points.table(
                            SparkSession.builder().sparkContext(context.sc()).getOrCreate())
                    .sortWithinPartitions("x")); // else their order is that in which executors answered
            double[] alone = search.setParallelism(1).fit(points).avgMetrics();
            Future<double[]> fits =
                    pool.submit(() -> search.setParallelism(4).fit(points).avgMetrics());
            Future<Long> query = pool.submit(() -> points.groupBy("label")
                    .count()
                    .agg(Map.of("count", "sum"))
                    .first()
                    .getLong(0));
            assertEquals(Points.ROWS, query.get(1, TimeUnit.MINUTES));
            assertArrayEquals(alone, fits.get(3, TimeUnit.MINUTES));
        } finally {
            pool.shutdownNow();
        }
    }
}

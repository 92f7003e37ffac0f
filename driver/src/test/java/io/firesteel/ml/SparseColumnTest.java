package io.firesteel.ml;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.firesteel.Fixture;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class SparseColumnTest {
    private static final int ROWS = 20_000, FEATURES = 100_000;

    /** As dense rows of floats they would be 8 GB, more than twice the heap that tests have. */
    @Test
    void wideSparseRowsTrainInAHeapThatDenseOnesWouldNotFit() {
        assertTrue(4L * ROWS * FEATURES > 2 * Runtime.getRuntime().maxMemory());
        try (JavaSparkContext context = Fixture.spark("local[2]")) {
            List<Row> rows = IntStream.range(0, ROWS)
                    .mapToObj(i -> RowFactory.create(
                            i % 2, Vectors.sparse(FEATURES, new int[] {i % 2, 2 + i % 99_000}, new double[] {1, 1})))
                    .toList();
            Dataset<Row> table = SparkSession.builder()
                    .config(context.getConf())
                    .getOrCreate()
                    .createDataFrame(
                            rows,
                            new StructType()
                                    .add("label", DataTypes.IntegerType)
                                    .add("features", SQLDataTypes.VectorType()));
            NetClassificationModel model = new NetClassifier()
                    .setLayers("dense(8) relu dense(2)")
                    .setBatchSize(1024)
                    .setStandardization(false)
                    .setLearningRate(0.05)
                    .setEpochs(3)
                    .fit(table);
            assertTrue(model.summary().run().at("/metrics/trainAccuracy").doubleValue() > 0.9);
        }
    }
}

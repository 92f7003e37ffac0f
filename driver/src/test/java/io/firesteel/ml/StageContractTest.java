package io.firesteel.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.firesteel.Fixture;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.types.MetadataBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Spark's own test suites ask of a stage, asked of ours. */
class StageContractTest {
    private static JavaSparkContext spark;
    private static SparkSession session;
    private static Dataset<Row> rows;
    private static NetClassifier classifier;
    private static NetClassificationModel classes;
    private static NetRegressor regressor;
    private static NetRegressionModel values;

    @TempDir
    Path folder;

    @BeforeAll
    static void fit() {
        spark = Fixture.spark("local[2]");
        session = SparkSession.builder().getOrCreate();
        rows = session.range(0, 40, 1, 2)
                .selectExpr("array(sin(id), cos(id)) features", "cast(id % 2 as double) label", "id")
                .withColumn("features", org.apache.spark.ml.functions.array_to_vector(functions.col("features")));
        classifier = new NetClassifier().setLayers("dense(2)").setEpochs(1).setBatchSize(8);
        classes = classifier.fit(rows);
        regressor = new NetRegressor().setLayers("dense(1)").setEpochs(1).setBatchSize(8);
        values = regressor.fit(rows);
    }

    @AfterAll
    static void stop() {
        spark.close();
    }

    @SuppressWarnings("unchecked")
    private static <T> T travelled(T object) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (T) in.readObject();
        }
    }

    @Test
    void stagesAndTheirParamsTravel() throws Exception {
        for (PipelineStage stage : List.of(classifier, classes, regressor, values)) {
            PipelineStage copy = travelled(stage);
            assertEquals(stage.uid(), copy.uid());
            assertEquals(stage.explainParams(), copy.explainParams());
            for (Param<?> param : stage.params()) assertEquals(param, travelled(param));
        }
        List<Vector> vectors = rows.select("features")
                .javaRDD()
                .map(row -> row.<Vector>getAs(0))
                .collect();
        NetClassificationModel model = classes;
        NetRegressionModel other = travelled(values);
        List<Double> predicted = rows.select("features")
                .javaRDD()
                .map(row -> model.predict(row.<Vector>getAs(0)) + 10 * other.predict(row.getAs(0)))
                .collect();
        for (int i = 0; i < vectors.size(); i++)
            assertEquals(classes.predict(vectors.get(i)) + 10 * values.predict(vectors.get(i)), predicted.get(i));
        assertEquals(
                classes.transform(rows).collectAsList().toString(),
                travelled(classes).transform(rows).collectAsList().toString());
    }

    @Test
    void paramsBelongToTheirStageAndCopiesKeepUidAndParent() {
        for (PipelineStage stage : List.of(classifier, classes, regressor, values)) {
            for (Param<?> param : stage.params()) {
                assertEquals(stage.uid(), param.parent());
                assertSame(param, stage.getParam(param.name()));
            }
            PipelineStage copy = stage.copy(ParamMap.empty());
            assertEquals(stage.uid(), copy.uid());
            assertEquals(
                    stage.extractParamMap().toString(), copy.extractParamMap().toString());
        }
        assertEquals(classifier.uid(), classes.uid());
        assertSame(classifier, classes.parent());
        assertSame(classifier, classes.copy(ParamMap.empty()).parent());
        assertSame(regressor, values.copy(ParamMap.empty()).parent());
    }

    @Test
    void oneRowIsPredictedAsATableIs() {
        for (Row row : classes.transform(rows).collectAsList()) {
            Vector features = row.getAs("features");
            assertEquals(row.<Double>getAs("prediction"), classes.predict(features));
            assertEquals(row.<Vector>getAs("rawPrediction"), classes.predictRaw(features));
            assertEquals(row.<Vector>getAs("probability"), classes.predictProbability(features));
        }
    }

    @Test
    void metadataOfColumnsAndDoubledNamesPassThroughTransform() {
        var unit = new MetadataBuilder().putString("unit", "metre").build();
        Dataset<Row> table = rows.withColumn("id", functions.col("id").as("id", unit))
                .select(
                        functions.col("*"),
                        functions.lit(1).as("x"),
                        functions.lit("b").as("x"));
        Dataset<Row> found = classes.transform(table);
        assertEquals(unit, found.schema().apply("id").metadata());
        assertEquals("1 b", found.head().getInt(3) + " " + found.head().getString(4));
        assertEquals(
                classes.transformSchema(table.schema()).treeString(),
                found.schema().treeString());
        assertTrue(found.schema().apply("prediction").metadata().contains("ml_attr"));
    }

    @Test
    void aWatermarkPassesThroughTransform() throws Exception {
        rows.selectExpr("features", "timestamp_seconds(id * 60) as time")
                .write()
                .parquet(folder + "/rows");
        Dataset<Row> stream = session.readStream()
                .schema(session.read().parquet(folder + "/rows").schema())
                .parquet(folder + "/rows")
                .withWatermark("time", "1 minute");
        Dataset<Row> counts = classes.transform(stream)
                .groupBy(functions.window(functions.col("time"), "10 minutes"))
                .count();
        StreamingQuery query = counts.writeStream() // append needs the watermark
                .outputMode("append")
                .format("parquet")
                .option("path", folder + "/counts")
                .option("checkpointLocation", folder + "/checkpoint")
                .trigger(org.apache.spark.sql.streaming.Trigger.AvailableNow())
                .start();
        query.awaitTermination();
        assertEquals(
                3,
                session.read().parquet(folder + "/counts").filter("count = 10").count());
    }
}

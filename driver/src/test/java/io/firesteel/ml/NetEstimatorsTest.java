package io.firesteel.ml;

import static io.firesteel.ml.Points.ROWS;
import static io.firesteel.ml.Points.bits;
import static io.firesteel.ml.Points.net;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.firesteel.Fixture;
import io.firesteel.array.Random64;
import io.firesteel.spec.SpecException;
import io.firesteel.train.Run;
import io.firesteel.train.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.OneVsRest;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Spark ML's stages do with {@link Points}. */
class NetEstimatorsTest {
    private static JavaSparkContext context;
    private static SparkSession spark;
    private static Dataset<Row> points;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        context = Fixture.spark("local[2]", "spark.sql.shuffle.partitions", "2");
        spark = SparkSession.builder().getOrCreate();
        points = Points.assembled(table());
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    private static Dataset<Row> table() {
        return Points.table(spark);
    }

    private static double accuracy(Dataset<Row> answers) {
        return new MulticlassClassificationEvaluator().setMetricName("accuracy").evaluate(answers);
    }

    @Test
    void aDataFrameGivesTheBitsOfAFileWithTheSameRows() throws IOException {
        List<String> lines = new ArrayList<>(List.of("x,y,label"));
        for (Row row : points.collectAsList())
            lines.add(row.getDouble(0) + "," + row.getDouble(1) + "," + (int) row.getDouble(3));
        Files.write(folder.resolve("points.csv"), lines);
        Files.writeString(folder.resolve("run.json"), """
            {"data": {"train": {"type": "Csv", "path": "points.csv", "label": "label"},
             "validation": {"fraction": 0.2}},
             "model": [{"type": "Dense", "units": 16}, "Tanh", {"type": "Dense", "units": 3}],
             "loss": "SoftmaxCrossEntropy",
             "optimizer": "Adam", "schedule": {"type": "Constant", "rate": 0.02}, "batch": 16, "epochs": 30}
            """);
        String file = new Training(Run.read(folder + "/run.json", List.of()))
                .train(context, Training.Options.DEFAULT)
                .summary()
                .get("weightsSha256")
                .textValue();
        NetClassifier net = net().setStandardization(false).setValidationFraction(0.2);
        assertEquals(file, bits(net.fit(points)));
        assertEquals(file, bits(net.copy(ParamMap.empty()).setGradients("spark").fit(points.repartition(1))));
        assertEquals(
                file, bits(net.copy(ParamMap.empty()).setFeaturesCols("x", "y").fit(table())));
        assertNotEquals(file, bits(net.setSeed(2).fit(points)));
    }

    @Test
    void aPipelineIsCrossValidatedFourAtATimeSavedAndLoaded() throws IOException {
        NetClassifier net = net().setStandardization(true);
        Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {
            new StringIndexer().setInputCol("name").setOutputCol("index").setStringOrderType("alphabetAsc"),
            new VectorAssembler().setInputCols(new String[] {"x", "y"}).setOutputCol("features"),
            net.setLabelCol("index")
        });
        ParamMap[] grid = new ParamGridBuilder()
                .addGrid(net.learningRate(), new double[] {1e-6, 0.02})
                .build();
        CrossValidator search = new CrossValidator()
                .setEstimator(pipeline)
                .setEstimatorParamMaps(grid)
                .setNumFolds(2)
                .setParallelism(4)
                .setSeed(1)
                .setEvaluator(new MulticlassClassificationEvaluator()
                        .setLabelCol("index")
                        .setMetricName("accuracy"));
        CrossValidatorModel best = search.fit(table());
        assertTrue(
                best.avgMetrics()[1] > 0.8 && best.avgMetrics()[0] < best.avgMetrics()[1], best.avgMetrics()[1] + "");
        CrossValidatorModel alone = search.setParallelism(1).fit(table());
        assertArrayEquals(best.avgMetrics(), alone.avgMetrics(), "parallelism is not to be seen");

        best.write().overwrite().save(folder + "/tuned");
        best.write().overwrite().save(folder + "/tuned");
        List<Row> wanted = best.transform(table()).collectAsList();
        assertEquals(
                wanted,
                CrossValidatorModel.load(folder + "/tuned").transform(table()).collectAsList());
        pipeline.save(folder + "/pipeline");
        NetClassifier read = (NetClassifier) Pipeline.load(folder + "/pipeline").getStages()[2];
        assertEquals(net.uid(), read.uid());
        assertEquals(net.explainParams(), read.explainParams());
        PipelineModel inner = (PipelineModel) best.bestModel();
        inner.stages()[2].copy(ParamMap.empty());
        assertEquals(
                inner.transform(table()).schema().catalogString(),
                inner.transformSchema(table().schema()).catalogString());
    }

    @Test
    void outputsAreRawScoresProbabilitiesAndLabelsAndThresholdsMoveThem() {
        NetClassificationModel model = net().fit(points);
        Row first = model.transform(points).head();
        org.apache.spark.ml.linalg.Vector raw = first.getAs("rawPrediction"), p = first.getAs("probability");
        assertArrayEquals(
                raw.toArray(), model.predictRaw(first.getAs("features")).toArray(), 1e-5);
        assertArrayEquals(
                p.toArray(), model.predictProbability(first.getAs("features")).toArray(), 1e-5);
        assertEquals((double) first.getAs("prediction"), p.argmax());
        assertTrue(accuracy(model.transform(points)) > 0.9);
        NetClassificationModel biased = model.copy(ParamMap.empty()).setThresholds(new double[] {1, 0, 1});
        assertEquals(ROWS, biased.transform(points).filter("prediction = 1").count());
        assertEquals(
                List.of("probability"),
                List.of(model.copy(ParamMap.empty())
                                .setPredictionCol("")
                                .setRawPredictionCol("")
                                .transform(points.select("features"))
                                .columns())
                        .subList(1, 2));
        assertEquals(3, model.numClasses());
        assertEquals(2, model.numFeatures());
    }

    @Test
    void oneVersusTheRestTrainsOneNetAClass() {
        NetClassifier net = net().setLayers("dense(8) tanh -> dense(2)");
        OneVsRest all = new OneVsRest().setClassifier(net).setParallelism(3).setWeightCol("weight");
        assertTrue(accuracy(all.fit(points).transform(points)) > 0.8);
    }

    @Test
    void theSummaryHasTheMetricsThatAreAskedFor() {
        NetClassificationModel model = net().setValidationIndicatorCol("held")
                .setMetrics("[\"Auc\", {\"type\": \"TopK\", \"k\": 2}]")
                .fit(points);
        for (TrainingSummary.Epoch epoch : model.summary().history()) {
            assertEquals(Set.of("loss", "auc", "top2"), epoch.train().values().keySet());
            assertEquals(
                    Set.of("loss", "auc", "top2"), epoch.validation().values().keySet());
        }
        assertTrue(model.summary().run().at("/metrics/valAuc").doubleValue() > 0.9);
        NetClassifier wrong = net().setMetrics("[\"Nothing\"]");
        String message =
                assertThrows(SpecException.class, () -> wrong.fit(points)).getMessage();
        assertTrue(message.startsWith("metrics[0]: unknown type \"Nothing\"; there is [Accuracy,"), message);
    }

    @Test
    void theSummaryHasTheLossOfEveryEpochAndHeldOutRowsJudge() {
        NetClassificationModel model = net().setValidationIndicatorCol("held").fit(points);
        double[] losses = model.summary().lossHistory(),
                judged = model.summary().validationLossHistory();
        assertEquals(30, losses.length);
        assertTrue(losses[29] < losses[0] && judged[29] < judged[0]);
        assertEquals(30L * 8, model.summary().totalSteps());
        assertEquals(30, model.summary().history().get(0).validation().rows());
        assertFalse(new NetClassificationModel("u", model.saved(), null).hasSummary());
    }

    /** In one batch of all rows, weights 2 and 0 are the same as rows that stand there twice and not at all. */
    @Test
    void aWeightOfTwoIsARowTwice() {
        NetClassifier net = net().setEpochs(20).setStandardization(false).setShards(1);
        Dataset<Row> weighted = points.selectExpr("features", "label", "case when held then 2.0 else 0.0 end as w");
        Dataset<Row> twice = points.filter("held").union(points.filter("held")).coalesce(1);
        float[] one = net.copy(ParamMap.empty())
                .setBatchSize(ROWS)
                .setWeightCol("w")
                .fit(weighted)
                .saved()
                .params();
        float[] two = net.copy(ParamMap.empty())
                .setBatchSize(ROWS / 5 * 2)
                .fit(twice)
                .saved()
                .params();
        assertArrayEquals(one, two, 1e-3f);
    }

    @Test
    void sparseVectorsTrainAsDenseOnesDo() {
        List<Row> dense = new ArrayList<>(), sparse = new ArrayList<>();
        Random64 random = new Random64(3);
        for (int i = 0; i < 60; i++) {
            double[] values = new double[40];
            for (int k = 0; k < 4; k++) values[random.nextInt(40)] = 1 + random.nextInt(5);
            var vector = org.apache.spark.ml.linalg.Vectors.dense(values);
            dense.add(RowFactory.create(vector, i % 2));
            sparse.add(RowFactory.create(vector.toSparse(), i % 2));
        }
        StructType schema = new StructType()
                .add("features", org.apache.spark.ml.linalg.SQLDataTypes.VectorType())
                .add("label", DataTypes.IntegerType);
        NetClassifier net = net().setLayers("dense(5) relu dense(2)").setStandardization(false);
        assertArrayEquals(
                net.fit(spark.createDataFrame(dense, schema)).saved().params(),
                net.fit(spark.createDataFrame(sparse, schema)).saved().params(),
                1e-4f);
        NetClassificationModel scaled = net.setStandardization(true).fit(spark.createDataFrame(sparse, schema));
        assertEquals(List.of(0.0), scaled.saved().model().normalization().mean(), "zeros stay zeros");
    }

    @Test
    void arraysAndBytesAreFeaturesToo() {
        NetClassifier net = net().setStandardization(false);
        String wanted = bits(net.fit(points));
        assertEquals(wanted, bits(net.fit(points.selectExpr("array(x, y) as features", "label"))));
        assertEquals(wanted, bits(net.fit(points.selectExpr("array(float(x), float(y)) as features", "label"))));
        NetClassifier image = net().setLayers("2x2x1 -> flatten dense(3)").setEpochs(2);
        Dataset<Row> bytes = points.selectExpr(
                "unhex(format_string('%02x00ff%02x', int(100 + 20 * x), int(100 + 20 * y))) as features", "label");
        NetClassificationModel model = image.fit(bytes);
        assertEquals(1, model.saved().model().normalization().mean().size(), "one mean a channel");
        assertEquals(ROWS, model.transform(bytes).count());
    }

    @Test
    void badRowsAreRefusedSkippedOrImputed() {
        Dataset<Row> poisoned =
                points.selectExpr("array(case when weight = 2 then double('NaN') else x end, y) as features", "label");
        SpecException found = assertThrows(SpecException.class, () -> net().fit(poisoned));
        assertTrue(
                found.getMessage()
                        .startsWith("partition 0 row 1: column \"features[0]\" is NaN, wanted a finite number"),
                found.getMessage());
        NetClassificationModel skipped = net().setBadRows("Skip").fit(poisoned);
        assertEquals(50, skipped.summary().run().at("/badRows/train/skipped").intValue());
        assertEquals(100, skipped.transform(poisoned).count());
        assertEquals(
                50,
                net().setBadRows("{\"type\": \"Impute\", \"value\": 0.5}")
                        .fit(poisoned)
                        .summary()
                        .run()
                        .at("/badRows/train/imputed")
                        .intValue());
        refused("partition 0 row 0: label 2.5 is outside 0..2", points.selectExpr("features", "2.5 as label"));
        refused(
                "partition 0 row 0: column \"label\" is missing",
                points.selectExpr("features", "double(null) as label")
                        .union(points.selectExpr("features", "label"))
                        .coalesce(1));
        refused("no column \"label\"; there is [features]", points.select("features"));
        refused("column \"features\" is string", points.selectExpr("name as features", "label"));
        refused(
                "columns [features]: 3 numbers per row, the model takes [2]",
                points.selectExpr("array(x, y, x) as features", "label"));
        refused("columns [features, label]: zero rows", points.filter("x > 1000"));
    }

    private static void refused(String message, Dataset<Row> table) {
        String found = assertThrows(SpecException.class, () -> net().fit(table)).getMessage();
        assertTrue(found.startsWith(message), found);
    }

    @Test
    void aModelIsWhereTheNextTrainingStarts() {
        NetClassificationModel first = net().fit(points);
        assertThrowsUnsaved(first);
        NetClassificationModel second = new NetClassifier()
                .setInitialModel(folder + "/first")
                .setEpochs(1)
                .setBatchSize(16)
                .setLearningRate(1e-9)
                .fit(points);
        assertArrayEquals(first.saved().params(), second.saved().params(), 1e-5f);
        assertEquals(first.saved().model(), second.saved().model());
    }

    private void assertThrowsUnsaved(NetClassificationModel model) {
        try {
            model.save(folder + "/first");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        assertThrows(
                IOException.class, () -> model.save(folder + "/first"), "without overwrite a folder is not replaced");
    }

    @Test
    void aFitGoesOnFromItsCheckpointsAndOthersDoNot() throws IOException {
        NetClassifier net = net().setCheckpointFolder(folder + "/kept");
        String wanted = bits(net.fit(points));
        assertEquals(wanted, bits(net.fit(points)));
        try (var runs = Files.list(folder.resolve("kept"))) {
            assertEquals(1, runs.count());
        }
        net.copy(ParamMap.empty()).setSeed(9).fit(points);
        net.fit(points.filter("x > 0"));
        try (var runs = Files.list(folder.resolve("kept"))) {
            assertEquals(3, runs.count());
        }
    }

    @Test
    void aRegressorLearnsOneNumberOrSeveral() throws IOException {
        NetRegressor net = new NetRegressor()
                .setLayers("dense(16) tanh -> dense(1)")
                .setLearningRate(0.02)
                .setEpochs(60)
                .setBatchSize(16);
        Dataset<Row> sums = points.selectExpr("features", "2 * x - y as label");
        NetRegressionModel model = net.fit(sums);
        assertTrue(new RegressionEvaluator().evaluate(model.transform(sums)) < 0.3);
        model.save(folder + "/regressor");
        assertEquals(
                model.transform(sums).collectAsList(),
                NetRegressionModel.load(folder + "/regressor").transform(sums).collectAsList());
        Dataset<Row> pairs = points.selectExpr("features", "array(x + y, x - y) as label");
        NetRegressionModel both = net.setLayers("dense(16) tanh -> dense(2)").fit(pairs);
        Row row = both.transform(pairs).head();
        org.apache.spark.ml.linalg.Vector found = row.getAs("prediction");
        assertEquals((double) row.getList(1).get(0), found.apply(0), 0.6);
        assertEquals(2, found.size());
    }

    @Test
    void copiesKeepTheirParamsAndADefaultIsNotASetting() {
        NetClassifier net = new NetClassifier("known").setEpochs(3);
        NetClassifier copy = net.copy(new ParamMap().put(net.batchSize(), 7));
        assertEquals(List.of("known", "3", "7"), List.of(copy.uid(), copy.getEpochs() + "", copy.getBatchSize() + ""));
        assertEquals(64, net.getBatchSize());
        assertTrue(net.hasDefault(net.batchSize()) && !net.isSet(net.batchSize()) && net.isSet(net.epochs()));
        assertEquals(net.params().length, net.explainParams().lines().count());
        for (var param : net.params()) assertEquals("known", param.parent());
        assertThrows(IllegalArgumentException.class, () -> net.setBatchSize(0));
        assertTrue(assertThrows(SpecException.class, () -> net.fit(points))
                .getMessage()
                .startsWith("layers: not set"));
    }
}

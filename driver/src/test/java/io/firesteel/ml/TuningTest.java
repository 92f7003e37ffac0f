package io.firesteel.ml;

import static io.firesteel.ml.Points.net;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.firesteel.Fixture;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.classification.OneVsRest;
import org.apache.spark.ml.classification.OneVsRestModel;
import org.apache.spark.ml.evaluation.BinaryClassificationEvaluator;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.ml.tuning.TrainValidationSplit;
import org.apache.spark.ml.tuning.TrainValidationSplitModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spark ML's searches and reductions, with our stages inside. */
class TuningTest {
    private static JavaSparkContext context;
    private static Dataset<Row> points;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        context = Fixture.spark("local[2]", "spark.sql.shuffle.partitions", "2");
        points = Points.assembled(Points.table(SparkSession.builder().getOrCreate()));
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    @Test
    void aSplitSearchesFourAtATimeAsOneAtATimeAndIsLoadedAsItWasSaved() throws IOException {
        NetRegressor net = new NetRegressor()
                .setLayers("dense(6) tanh -> dense(1)")
                .setEpochs(5)
                .setBatchSize(16);
        ParamMap[] grid = new ParamGridBuilder()
                .addGrid(net.learningRate(), new double[] {1e-5, 0.03})
                .addGrid(net.standardization())
                .build();
        TrainValidationSplit search = new TrainValidationSplit()
                .setEstimator(net)
                .setEstimatorParamMaps(grid)
                .setTrainRatio(0.7)
                .setSeed(3)
                .setParallelism(4)
                .setEvaluator(new RegressionEvaluator());
        TrainValidationSplitModel best = search.fit(points);
        assertArrayEquals(search.setParallelism(1).fit(points).validationMetrics(), best.validationMetrics());
        assertTrue(best.validationMetrics()[0] != best.validationMetrics()[1]);
        best.save(folder + "/split");
        assertEquals(
                best.transform(points).collectAsList(),
                TrainValidationSplitModel.load(folder + "/split")
                        .transform(points)
                        .collectAsList());
    }

    @Test
    void aCrossValidatorKeepsItsModelsOnDiskToo() throws IOException {
        NetClassifier net = net().setEpochs(2);
        CrossValidator search = new CrossValidator()
                .setEstimator(net)
                .setNumFolds(2)
                .setSeed(1)
                .setParallelism(4)
                .setEstimatorParamMaps(new ParamGridBuilder()
                        .addGrid(net.batchSize(), new int[] {8, 32})
                        .build())
                .setEvaluator(new MulticlassClassificationEvaluator())
                .setCollectSubModels(true);
        CrossValidatorModel best = search.fit(points);
        best.write().option("persistSubModels", "true").save(folder + "/cross");
        CrossValidatorModel read = CrossValidatorModel.load(folder + "/cross");
        for (int fold = 0; fold < 2; fold++)
            for (int k = 0; k < 2; k++)
                assertEquals(
                        best.subModels()[fold][k].transform(points).collectAsList(),
                        read.subModels()[fold][k].transform(points).collectAsList());
        search.save(folder + "/search");
        assertEquals(
                net.explainParams(),
                ((NetClassifier) CrossValidator.load(folder + "/search").getEstimator()).explainParams());
    }

    @Test
    void oneVersusTheRestIsLoadedAsItWasSaved() throws IOException {
        OneVsRest all = new OneVsRest()
                .setClassifier(net().setLayers("dense(8) tanh -> dense(2)").setEpochs(3))
                .setParallelism(4);
        OneVsRestModel model = all.fit(points);
        model.save(folder + "/all");
        assertEquals(
                model.transform(points).collectAsList(),
                OneVsRestModel.load(folder + "/all").transform(points).collectAsList());
        all.save(folder + "/each");
        assertEquals(all.uid(), OneVsRest.load(folder + "/each").uid());
    }

    @Test
    void twoClassesAreJudgedByTheAreaUnderTheCurve() {
        Dataset<Row> halves = points.selectExpr("features", "cast(x + y > 0 as int) as label");
        NetClassificationModel model =
                net().setLayers("dense(4) tanh -> dense(2)").setEpochs(10).fit(halves);
        assertTrue(new BinaryClassificationEvaluator().evaluate(model.transform(halves)) > 0.98);
        long yes = model.transform(halves).filter("prediction = 1").count();
        long seldom = model.setThresholds(new double[] {0.05, 0.95})
                .transform(halves)
                .filter("prediction = 1")
                .count();
        assertTrue(seldom < yes, seldom + " of " + yes);
    }
}

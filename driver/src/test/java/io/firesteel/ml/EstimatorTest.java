package io.firesteel.ml;

import static io.firesteel.ml.Points.bits;
import static io.firesteel.ml.Points.net;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.firesteel.Fixture;
import io.firesteel.spec.SpecException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Spark's own suites ask of every estimator and its model, asked of ours. */
class EstimatorTest {
    private static JavaSparkContext context;
    private static SparkSession spark;
    private static Dataset<Row> points;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        context = Fixture.spark("local[2]", "spark.sql.shuffle.partitions", "2");
        spark = SparkSession.builder().getOrCreate();
        points = Points.assembled(Points.table(spark));
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    /** Params that are none of the defaults; the two of a warm start are left out. */
    private static NetClassifier classifier() {
        return net().setEpochs(2)
                .setOptimizer("{\"type\": \"Sgd\", \"momentum\": 0.5}")
                .setSchedule("Cosine")
                .setWeightDecay(1e-4)
                .setMaxSteps(5)
                .setSeed(4)
                .setShards(2)
                .setStandardization(false)
                .setBadRows("Skip")
                .setValidationFraction(0.25)
                .setValidationIndicatorCol("held")
                .setFeaturesCols("x", "y")
                .setCheckpoint("{\"steps\": 3}")
                .setGradients("in-process")
                .setWeightCol("weight")
                .setLabelCol("label")
                .setFeaturesCol("features")
                .setPredictionCol("p")
                .setRawPredictionCol("r")
                .setProbabilityCol("q")
                .setThresholds(new double[] {0.2, 0.3, 0.5});
    }

    private static NetRegressor regressor() {
        return new NetRegressor()
                .setLayers("dense(4) tanh -> dense(1)")
                .setEpochs(2)
                .setBatchSize(7)
                .setLearningRate(0.01)
                .setOptimizer("RmsProp")
                .setWeightDecay(1e-3)
                .setSeed(8)
                .setShards(3)
                .setStandardization(false)
                .setValidationIndicatorCol("held")
                .setFeaturesCols("x", "y")
                .setWeightCol("weight")
                .setPredictionCol("p");
    }

    private static List<Estimator<?>> estimators() {
        return List.of(classifier(), regressor());
    }

    private static Map<String, String> values(Params stage) {
        Map<String, String> values = new TreeMap<>();
        for (Param<?> param : stage.params())
            values.put(
                    param.name(),
                    (stage.isSet(param) ? "set " : "default ")
                            + (stage.isDefined(param) ? json(stage, param) : "none"));
        return values;
    }

    private static <T> String json(Params stage, Param<T> param) {
        return param.jsonEncode(stage.getOrDefault(param));
    }

    @Test
    void paramsAreSortedOwnedDocumentedAndFoundByName() {
        for (Params stage : List.of(
                new NetClassifier(),
                new NetRegressor(),
                classifier().fit(points),
                regressor().fit(points))) {
            String[] names = Arrays.stream(stage.params()).map(Param::name).toArray(String[]::new),
                    sorted = names.clone();
            Arrays.sort(sorted);
            assertArrayEquals(sorted, names);
            assertEquals(names.length, Arrays.stream(names).distinct().count());
            for (Param<?> param : stage.params()) {
                assertEquals(stage.uid(), param.parent(), param.name());
                assertEquals(param, stage.getParam(param.name()));
                assertTrue(stage.hasParam(param.name()));
                assertTrue(param.doc().length() > 10, param.name());
                assertTrue(stage.explainParams().contains(param.name() + ": "), param.name());
            }
            assertFalse(stage.hasParam("noSuch"));
            assertTrue(stage.uid().matches("net(Classifier|Regressor)_[0-9a-f]{12}"), stage.uid());
        }
    }

    @Test
    void everyParamHasASetterAndAGetterThatAgree() throws ReflectiveOperationException {
        for (Estimator<?> stage : estimators())
            for (Param<?> param : stage.params()) {
                String name = Character.toUpperCase(param.name().charAt(0))
                        + param.name().substring(1);
                Object got = stage.getClass().getMethod("get" + name).invoke(stage);
                if (stage.isDefined(param))
                    assertTrue(Arrays.deepEquals(new Object[] {stage.getOrDefault(param)}, new Object[] {got}), name);
                assertTrue(
                        Arrays.stream(stage.getClass().getMethods())
                                .anyMatch(method ->
                                        method.getName().equals("set" + name) && method.getParameterCount() == 1),
                        "set" + name);
            }
    }

    @Test
    void aCopyHasTheSameParamsAndChangesAlone() {
        for (Estimator<?> stage : estimators()) {
            Map<String, String> before = values(stage);
            Params copy = stage.copy(ParamMap.empty());
            assertNotSame(stage, copy);
            assertEquals(stage.uid(), copy.uid());
            assertEquals(before, values(copy));
            NetParams changed = (NetParams) stage.copy(new ParamMap().put(((NetParams) stage).epochs(), 9));
            assertEquals(9, changed.getEpochs());
            assertEquals(before, values(stage));
        }
    }

    @Test
    void aModelHasTheParamsOfItsEstimatorAndSoHaveItsCopies() {
        for (Estimator<?> stage : estimators()) {
            Model<?> model = (Model<?>) stage.fit(points);
            assertEquals(stage.uid(), model.uid());
            assertSame(stage, model.parent());
            Map<String, String> wanted = values(stage);
            wanted.keySet().retainAll(values(model).keySet());
            assertTrue(wanted.size() > 20);
            assertEquals(wanted, values(model));
            Model<?> copy = (Model<?>) model.copy(ParamMap.empty());
            assertEquals(model.uid(), copy.uid());
            assertSame(model.parent(), copy.parent());
            assertEquals(wanted, values(copy));
            assertEquals(
                    model.transform(points).collectAsList(),
                    copy.transform(points).collectAsList());
        }
    }

    @Test
    void paramsThatAreGivenToFitGoBeforeTheEstimatorsOwn() {
        NetClassifier net = net().setEpochs(1);
        NetClassificationModel model = net.fit(points, new ParamMap().put(net.batchSize(), 50));
        assertEquals(3, model.summary().totalSteps());
        assertEquals(50, model.getBatchSize());
        assertEquals(16, net.getBatchSize());
    }

    @Test
    void everyParamIsThereAfterSavingAndLoading() throws Exception {
        for (Estimator<?> stage : estimators()) {
            Model<?> model = (Model<?>) stage.fit(points);
            for (PipelineStage each : List.of(stage, model)) {
                String path = folder + "/" + each.getClass().getSimpleName();
                MLWritable writable = (MLWritable) each;
                writable.save(path);
                assertThrows(
                        IOException.class, () -> writable.save(path), "without overwrite a folder is not replaced");
                writable.write().overwrite().save(path);
                Params read =
                        (Params) each.getClass().getMethod("load", String.class).invoke(null, path);
                assertEquals(each.uid(), read.uid());
                assertEquals(values(each), values(read));
                if (read instanceof Model<?> loaded)
                    assertEquals(
                            model.transform(points).collectAsList(),
                            loaded.transform(points).collectAsList());
            }
            String wrong = folder + "/" + stage.getClass().getSimpleName();
            Class<?> other = stage instanceof NetClassifier ? NetRegressor.class : NetClassifier.class;
            assertThrows(
                    ReflectiveOperationException.class,
                    () -> other.getMethod("load", String.class).invoke(null, wrong),
                    "metadata of another class");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"byte", "short", "int", "long", "float", "double", "decimal(10,0)"})
    void labelsAndWeightsMayBeOfAnyNumericType(String type) {
        NetClassifier net = net().setEpochs(1).setWeightCol("w");
        assertEquals(
                bits(net.fit(points.selectExpr("features", "label", "weight as w"))),
                bits(net.fit(points.selectExpr(
                        "features", "cast(label as " + type + ") label", "cast(weight as " + type + ") w"))));
    }

    @Test
    void aSchemaThatDoesNotFitIsRefusedBeforeAnythingRuns() {
        for (Estimator<?> stage : List.of(net(), new NetRegressor().setLayers("dense(1)"))) {
            refused(stage, points.drop("features"), "no column \"features\"; there is [");
            refused(stage, points.drop("label"), "no column \"label\"; there is [");
            refused(
                    stage,
                    points.selectExpr("features", "name as label"),
                    "column \"label\" is string, wanted numbers");
            refused(
                    stage,
                    points.selectExpr("name as features", "label"),
                    "column \"features\" is string, wanted numbers");
            refused(
                    stage,
                    points.selectExpr("features", "label", "0 as prediction"),
                    "column \"prediction\" exists already");
        }
        refused(net().setWeightCol("name"), points, "column \"name\" is string, wanted a number");
        refused(net().setWeightCol("none"), points, "no column \"none\"");
        refused(net().setValidationIndicatorCol("weight"), points, "column \"weight\" is double, wanted true or false");
        NetClassificationModel model = net().setEpochs(1).fit(points);
        assertThrows(
                SpecException.class,
                () -> model.transformSchema(points.drop("features").schema()));
        assertThrows(SpecException.class, () -> model.transform(points.selectExpr("name as features")));
        assertEquals(
                points.columns().length + 3,
                model.transformSchema(points.schema()).size());
    }

    private static void refused(Estimator<?> stage, Dataset<Row> table, String message) {
        for (Runnable attempt :
                List.<Runnable>of(() -> stage.transformSchema(table.schema()), () -> stage.fit(table))) {
            String found = assertThrows(SpecException.class, attempt::run).getMessage();
            assertTrue(found.startsWith(message) && found.lines().count() == 1, found);
        }
    }

    /** Also one inside another. */
    @Test
    void aScheduleOfNoLearningRateTakesThatOfTheStage() {
        for (String schedule : List.of(
                "{\"type\": \"Step\", \"every\": 3%s}",
                "{\"type\": \"WarmUp\", \"steps\": 2, \"then\": {\"type\": \"Cosine\"%s}}",
                "{\"type\": \"AdaScale\", \"baseBatch\": 8, \"then\": {\"type\": \"Constant\"%s}}")) {
            NetClassifier net = net().setEpochs(2).setLearningRate(0.02);
            String given = bits(net.setSchedule(String.format(Locale.ROOT, schedule, ", \"learningRate\": 0.02"))
                    .fit(points));
            assertEquals(
                    given,
                    bits(net.setSchedule(String.format(Locale.ROOT, schedule, ""))
                            .fit(points)),
                    schedule);
        }
    }

    @Test
    void aCosineOfNoLengthEndsWithTheRun() {
        NetClassifier net = net().setEpochs(2).setMaxSteps(5);
        String given =
                bits(net.setSchedule("{\"type\": \"Cosine\", \"steps\": 5}").fit(points));
        assertEquals(given, bits(net.setSchedule("Cosine").fit(points)));
    }

    @Test
    void oneRowAloneIsAnsweredAsInATable() {
        NetClassificationModel model =
                net().setEpochs(3).setThresholds(new double[] {0.1, 0.6, 0.3}).fit(points);
        for (Row row : model.transform(points).limit(20).collectAsList()) {
            Vector features = row.getAs("features");
            assertEquals(row.<Double>getAs("prediction"), model.predict(features));
            assertArrayEquals(
                    row.<Vector>getAs("probability").toArray(),
                    model.predictProbability(features).toArray(),
                    1e-6);
            assertArrayEquals(
                    row.<Vector>getAs("rawPrediction").toArray(),
                    model.predictRaw(features).toArray(),
                    1e-5);
        }
        NetRegressionModel numbers = new NetRegressor()
                .setLayers("dense(3) tanh dense(1)")
                .setEpochs(1)
                .fit(points);
        for (Row row : numbers.transform(points).limit(20).collectAsList())
            assertEquals(row.<Double>getAs("prediction"), numbers.predict(row.<Vector>getAs("features")), 1e-5);
    }

    @Test
    void asManyThresholdsAreWantedAsThereAreClasses() {
        NetClassificationModel model =
                net().setEpochs(1).setThresholds(new double[] {0.5, 0.5}).fit(points);
        String found =
                assertThrows(SpecException.class, () -> model.transform(points)).getMessage();
        assertEquals("thresholds: 2 values, but the model has 3 classes; give one per class", found);
    }

    @Test
    void aSettingOfNullIsNoSetting() throws IOException {
        NetClassifier net = net().setWeightCol("weight")
                .setWeightCol(null)
                .setInitialModel("somewhere")
                .setInitialModel(null);
        assertFalse(net.isSet(net.weightCol()) || net.isSet(net.initialModel()));
        net.save(folder + "/plain");
        assertEquals(values(net), values(NetClassifier.load(folder + "/plain")));
    }

    @Test
    void severalFitsAtOnceGiveTheBitsOfEachAlone() throws Exception {
        List<NetClassifier> nets = new ArrayList<>();
        for (int seed = 1; seed <= 6; seed++) {
            NetClassifier net = net().setEpochs(3).setSeed(seed).setGradients(seed % 2 == 0 ? "spark" : "auto");
            nets.add(seed > 4 ? net.setCheckpointFolder(folder + "/kept") : net);
        }
        List<String> alone = nets.stream()
                .map(net -> bits(net.copy(ParamMap.empty()).fit(points)))
                .toList();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<String>> together = new ArrayList<>();
            for (NetClassifier net : nets) together.add(threads.submit(() -> bits(net.fit(points))));
            for (int i = 0; i < nets.size(); i++)
                assertEquals(alone.get(i), together.get(i).get());
        } finally {
            threads.shutdownNow();
        }
        assertEquals(6, alone.stream().distinct().count());
    }

    @Test
    void severalOutputsAreAVectorAndOneIsANumber() {
        Dataset<Row> pairs = points.selectExpr("features", "array(x, y) as label");
        NetRegressor net =
                new NetRegressor().setLayers("dense(2)").setLearningRate(0.05).setEpochs(40);
        Dataset<Row> answers = net.fit(pairs).transform(pairs);
        assertEquals(
                SQLDataTypes.VectorType(), answers.schema().apply("prediction").dataType());
        for (Row row : answers.limit(10).collectAsList())
            for (int j = 0; j < 2; j++)
                assertEquals(
                        (double) row.getList(1).get(j),
                        row.<Vector>getAs("prediction").apply(j),
                        0.05);
        Dataset<Row> one = points.selectExpr("features", "x + y as label");
        NetRegressionModel model = net.setLayers("dense(1)").fit(one);
        assertTrue(new RegressionEvaluator().evaluate(model.transform(one)) < 0.05);
    }
}

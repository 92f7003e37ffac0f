package io.firesteel.internal.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.Fixture;
import io.firesteel.array.Init;
import io.firesteel.array.ParamLayout;
import io.firesteel.array.ParamSlice;
import io.firesteel.array.Random64;
import io.firesteel.array.Shape;
import io.firesteel.internal.block.Block;
import io.firesteel.internal.measure.NoiseScale.NoiseEstimate;
import io.firesteel.internal.shard.ShardRange;
import io.firesteel.internal.shard.Split;
import io.firesteel.model.CompiledModel;
import io.firesteel.model.ModelSpec;
import io.firesteel.row.InputScaler;
import io.firesteel.row.RowSchema;
import io.firesteel.spec.Specs;
import io.firesteel.train.Run;
import io.firesteel.train.SingleThreadTraining;
import io.firesteel.train.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The laws of the estimator, on dense layers, against the gradient of every single row. */
class NoiseScaleTest {
    private static final double CLOSE = 1e-5; // what float gradients leave, relative

    @TempDir
    Path folder;

    @Test
    void oneRowAShardGivesTheSampleCovariance() throws IOException {
        Step step = step(100, 100, 1);
        assertEquals(covariance(step.rows()), step.found().trS(), CLOSE * covariance(step.rows()));
    }

    @Test
    void equalShardsGiveTheSpreadOfTheirMeans() throws IOException {
        Step step = step(100, 4, 1);
        List<double[]> means = step.shards().stream().map(NoiseScaleTest::mean).toList();
        double[] all = mean(means);
        double spread = 0;
        for (double[] g : means) spread += distance(g, all) / 3;
        assertEquals(100 / 4 * spread, step.found().trS(), CLOSE * 25 * spread);
        assertEquals(
                distance(all, new double[all.length]),
                step.found().g2(),
                CLOSE * step.found().g2()); // all N rows: no noise in G
    }

    @Test
    void unequalShardsAreWeightedByTheirRows() throws IOException {
        Step step = step(93, 7, 1);
        double[] all = mean(step.rows());
        double spread = 0;
        for (List<double[]> shard : step.shards()) spread += shard.size() * distance(mean(shard), all) / (7 - 1);
        assertEquals(spread, step.found().trS(), CLOSE * spread);
    }

    @Test
    void theSameBatchInTwoFourOrEightShardsAgreesInTheMean() throws IOException {
        double exact = covariance(step(93, 2, 1).rows());
        for (int shards : new int[] {2, 4, 8}) {
            double sum = 0, squares = 0;
            int deals = 60;
            for (int seed = 1; seed <= deals; seed++) {
                double trS = step(93, shards, seed).found().trS();
                sum += trS;
                squares += trS * trS;
            }
            double mean = sum / deals, error = Math.sqrt((squares / deals - mean * mean) / (deals - 1));
            assertEquals(exact, mean, 4 * error, shards + " shards");
            assertTrue(error < 0.1 * exact, shards + " shards: " + error);
        }
    }

    @Test
    void intervalsCoverTheTruthOnNormalGradients() {
        int studies = 1000, covered = 0;
        double truth = 100;
        for (int study = 0; study < studies; study++) {
            NoiseScale noise = synthetic(new Random64(study), truth, new double[] {8, 8, 5, 11}, 30);
            NoiseEstimate found = noise.between(1, 30);
            if (found.low() <= truth && truth <= found.high()) covered++;
        }
        assertTrue(covered > 0.93 * studies && covered < 0.975 * studies, covered + " of " + studies);
    }

    @Test
    void theTwoPartsAreUnbiasedForShardsOfAnySizes() {
        double trS = 0, g2 = 0;
        int studies = 300;
        for (int study = 0; study < studies; study++) {
            NoiseEstimate found = synthetic(new Random64(study), 100, new double[] {1, 20, 3}, 40)
                    .between(1, 40);
            trS += found.trS() / studies;
            g2 += found.g2() / studies;
        }
        assertEquals(100, trS, 1);
        assertEquals(1, g2, 0.05);
    }

    @Test
    void whereNoiseDrownsTheGradientItIsUnknownAndNotClamped() {
        int unknown = 0, open = 0;
        for (int study = 0; study < 100; study++) {
            NoiseEstimate found =
                    synthetic(new Random64(study), 1e9, new double[] {8, 8}, 20).between(1, 20);
            if (Double.isNaN(found.scale())) unknown++;
            assertEquals(found.g2() <= 0, Double.isNaN(found.scale()));
            if (Double.isInfinite(found.high())) open++; // zero is within the interval of G2
        }
        assertTrue(unknown > 30 && unknown < 70, unknown + " of 100");
        assertTrue(open > 90, open + " of 100");
        assertEquals(
                0,
                synthetic(new Random64(1), 100, new double[] {8}, 20)
                        .between(1, 20)
                        .steps()); // one shard tells nothing
    }

    @Test
    void aWindowHoldsTheStepsAroundItsMiddle() {
        NoiseScale noise = synthetic(new Random64(1), 100, new double[] {8, 8}, 1000);
        assertEquals(1, noise.between(1, 1).steps());
        assertEquals(31, noise.between(85, 115).steps());
        assertEquals(
                300,
                noise.between(850, 1150 - 150).steps() + noise.between(700, 849).steps(),
                20);
    }

    @Test
    void everyWayOfSummingFindsTheSameBitsAndMetricsHaveThem() throws IOException {
        Fixture fixture = new Fixture(folder);
        String expected = null;
        for (String master : new String[] {"local[1]", "local[2]"}) {
            try (JavaSparkContext spark = Fixture.spark(master)) {
                for (String gradients : List.of("in-process", "spark", "spark-slices")) {
                    String out = folder + "/" + master + gradients;
                    new Training(Run.read(fixture.run(), List.of("shards=7")))
                            .train(spark, new Training.Options(out, gradients, 3, null, false, false, false));
                    StringBuilder found = new StringBuilder();
                    for (String line : Files.readAllLines(Path.of(out, "metrics.jsonl"))) {
                        JsonNode noise = Specs.parse("metrics", line).get("noise");
                        assertTrue(noise.get("trS").doubleValue() > 0 && noise.has("noiseScale"), line);
                        if (line.contains("valLoss"))
                            assertEquals(4, noise.get("slices").size());
                        found.append(noise);
                    }
                    expected = expected == null ? found.toString() : expected;
                    assertEquals(expected, found.toString(), master + " " + gradients);
                }
            }
        }
    }

    /** Normal gradients of 50 numbers with |G|^2 = 1 and tr(S) = scale, from shards of so many rows. */
    private static NoiseScale synthetic(Random64 random, double scale, double[] rows, int steps) {
        int d = 50;
        ParamLayout layout = new ParamLayout(
                List.of(new ParamSlice("w", 0, new Shape(d), ParamSlice.Role.WEIGHT, new Init.Zeros(), 1, 1)));
        NoiseScale noise = new NoiseScale(layout, Long.MAX_VALUE);
        double all = java.util.stream.DoubleStream.of(rows).sum();
        for (int step = 1; step <= steps; step++) {
            double[] sum = new double[d];
            double squares = 0;
            for (double b : rows) {
                double square = 0;
                for (int i = 0; i < d; i++) {
                    double g = b * Math.sqrt(1.0 / d)
                            + Math.sqrt(b * scale / d) * random.nextGaussian(); // sum over b rows
                    sum[i] += g;
                    square += g * g;
                }
                squares += square / b;
            }
            double norm = 0;
            for (double g : sum) norm += g * g;
            noise.add(step, all, rows.length, new double[] {squares}, new double[] {norm});
        }
        return noise;
    }

    /** What a run's first step over all its rows found, and the gradient of each of them, by shard. */
    private record Step(NoiseEstimate found, List<List<double[]>> shards) {
        List<double[]> rows() {
            return shards.stream().flatMap(List::stream).toList();
        }
    }

    private Step step(int rows, int shards, long shuffled) throws IOException {
        Run run = Run.read(
                new Fixture(folder).run(),
                List.of(
                        "batch=" + rows,
                        "shards=" + shards,
                        "data.seed=" + shuffled,
                        "data.validation={\"last\": " + (Fixture.ROWS - rows) + "}",
                        "optimizer=Sgd",
                        "model=[\"Flatten\",{\"type\":\"Dense\",\"units\":5},\"Relu\",{\"type\":\"Dense\","
                                + "\"units\":4}]"));
        RowSchema schema = run.data().train().schema();
        ModelSpec model = run.model(schema);
        ShardRange shardRange = Fixture.shardRange(run);
        float[] params = model.layout().init(run.seed());
        CompiledModel program = new CompiledModel(model, 1);
        InputScaler normalizer = new InputScaler(model);
        List<List<double[]>> gradients = new ArrayList<>();
        for (int shard = 0; shard < shards; shard++) {
            Block block = shardRange.block(Split.TRAIN, shard);
            gradients.add(new ArrayList<>());
            for (int row = 0; row < block.rows(); row++) {
                float[] g = new float[params.length];
                block.copy(row, normalizer, 0, program.x, program.targets);
                program.gradient(params, 1, g);
                double[] exact = new double[g.length];
                for (int i = 0; i < g.length; i++) exact[i] = g[i];
                gradients.get(shard).add(exact);
            }
        }
        SingleThreadTraining solo = new SingleThreadTraining(run, model, shardRange, null, List.of());
        solo.train(1);
        return new Step(solo.noise().between(1, 1), gradients);
    }

    private static double covariance(List<double[]> rows) {
        double[] mean = mean(rows);
        return rows.stream().mapToDouble(g -> distance(g, mean)).sum() / (rows.size() - 1);
    }

    private static double[] mean(List<double[]> vectors) {
        double[] mean = new double[vectors.get(0).length];
        for (double[] v : vectors) for (int i = 0; i < mean.length; i++) mean[i] += v[i] / vectors.size();
        return mean;
    }

    private static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
        return sum;
    }
}

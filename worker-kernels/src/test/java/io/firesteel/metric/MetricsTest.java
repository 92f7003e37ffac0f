package io.firesteel.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.firesteel.loss.TargetKind;
import io.firesteel.spec.Specs;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MetricsTest {
    private static final float[] Y = {1, 2, 0, 5, 5, 1, 0, 0, 3, 2, 1, 2}; // [4, 3]
    private static final float[] T = {1, 0, 0, 2};
    private static final float[] ONES = {1, 1, 1, 1};

    /** One of each permitted metric; settings are those of three classes. */
    static Stream<Metric> all() {
        return Specs.names(Metric.class).stream().map(name -> {
            String spec = name.equals("TopK") ? "{\"type\": \"TopK\", \"k\": 2}" : '"' + name + '"';
            return Specs.read("metric", Specs.parse("metric", spec), Metric.class);
        });
    }

    private static Sums sums(Metrics metrics, int from, int to, float[] weights) {
        Sums sums = metrics.zero();
        int rows = to - from;
        metrics.add(rows, part(Y, 3 * from, 3 * to), part(T, from, to), part(weights, from, to), sums);
        sums.lossSum = rows;
        return sums;
    }

    private static float[] part(float[] values, int from, int to) {
        return Arrays.copyOfRange(values, from, to);
    }

    @ParameterizedTest
    @MethodSource("all")
    void theSumsOfPartsAddUpToThoseOfTheWhole(Metric metric) {
        Metrics metrics = new Metrics(List.of(metric, metric), 3);
        for (float[] weights : new float[][] {ONES, {0.5f, 2, 0, 1.5f}}) {
            Sums whole = sums(metrics, 0, 4, weights);
            for (int cut = 0; cut <= 4; cut++) {
                Sums parts = sums(metrics, 0, cut, weights).add(sums(metrics, cut, 4, weights));
                assertArrayEquals(whole.slots, parts.slots);
                assertEquals(whole.rows, parts.rows);
                assertEquals(whole.weight, parts.weight);
                assertEquals(metrics.values(whole), metrics.values(parts));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void aMetricSaysWhatItNeeds(Metric metric) {
        metric.check(TargetKind.CLASS, 3);
        String message = assertThrows(IllegalArgumentException.class, () -> metric.check(TargetKind.VALUES, 3))
                .getMessage();
        assertTrue(message.startsWith(metric.getClass().getSimpleName() + " needs class labels"), message);
    }

    @Test
    void namesAreTakenOnce() {
        assertEquals(all().count(), all().map(Metric::name).distinct().count());
    }

    @Test
    void accuracyAndErrorCountTheFirstOfEqualsByWeight() {
        Metrics metrics = new Metrics(List.of(new Accuracy(), new ErrorRate()), 3);
        assertEquals(Map.of("loss", 1.0, "accuracy", 0.5, "error", 0.5), metrics.values(sums(metrics, 0, 4, ONES)));
        Sums weighted = sums(metrics, 0, 4, new float[] {1, 5, 1, 1});
        assertEquals(0.75, metrics.values(weighted).get("accuracy"));
        assertEquals(0.25, metrics.values(weighted).get("error"));
    }

    @Test
    void topKCountsTheLabelsAmongTheLargest() {
        Metrics metrics = new Metrics(List.of(new TopK(1), new TopK(2), new TopK(3)), 3);
        Map<String, Double> values = metrics.values(sums(metrics, 0, 4, ONES));
        assertEquals(List.of("loss", "top1", "top2", "top3"), List.copyOf(values.keySet()));
        assertEquals(List.of(1.0, 0.5, 1.0, 1.0), List.copyOf(values.values()));
        assertEquals(
                "TopK[k=4]: there are 3 classes; set a smaller k",
                assertThrows(IllegalArgumentException.class, () -> new TopK(4).check(TargetKind.CLASS, 3))
                        .getMessage());
    }

    @Test
    void noRowsHaveNoValues() {
        Metrics metrics = new Metrics(List.of(new Accuracy()), 3);
        Evaluation none = Evaluation.of(metrics, metrics.zero());
        assertEquals(new Evaluation(0, Map.of()), none);
        assertTrue(Double.isNaN(none.loss()));
    }

    @Test
    void namesInFilesSayTheSplit() {
        Metrics metrics = new Metrics(List.of(new Accuracy()), 3);
        Evaluation found = Evaluation.of(metrics, sums(metrics, 0, 4, ONES));
        assertEquals(
                List.of("valLoss", "valAccuracy"),
                List.copyOf(found.named("val").keySet()));
    }
}

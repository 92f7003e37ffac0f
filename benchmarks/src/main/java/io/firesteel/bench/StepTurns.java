package io.firesteel.bench;

import io.firesteel.internal.gradient.Batch;
import io.firesteel.internal.measure.PhaseTimes;
import io.firesteel.train.ParameterUpdate;
import io.firesteel.train.TrainingState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * Kinds of steps that take turns of half a second in one run; their medians, as ratios to "empty" and in milliseconds.
 */
final class StepTurns {
    private static final long TURN = 500_000_000; // nanoseconds of one kind before it is the next one's turn
    private static final int FEWEST_STEPS = 3; // of a turn
    private static final int NOT_COUNTED = 2; // of a turn: tasks may have to start
    private static final int FEWEST_ROUNDS = 5;

    private final Map<String, Step> steps;
    private final Map<String, PhaseTimes> ledgers;
    private final TrainingState state;
    private final ParameterUpdate update;

    private final List<Map<String, Double>> rounds = new ArrayList<>(); // milliseconds of a step, by kind
    private final Map<String, Integer> counts = new LinkedHashMap<>();
    private Map<String, Map<String, Double>> before = Map.of(); // the ledgers when it was warm

    /** A gradient for the parameters, with which they are updated; null for none. */
    interface Step {
        float[] gradient(float[] params, Batch batch);
    }

    /** Kinds by name, one of them "empty"; {@code ledgers} of those that keep one. */
    StepTurns(Map<String, Step> steps, Map<String, PhaseTimes> ledgers, TrainingState state, ParameterUpdate update) {
        this.steps = steps;
        this.ledgers = ledgers;
        this.state = state;
        this.update = update;
    }

    /** Takes turns for so many seconds after the warm-up, and prints what came out as the case {@code name}. */
    void run(String name, double warm, double seconds) {
        long begin = System.nanoTime();
        for (double passed = 0; passed < warm + seconds || rounds.size() < FEWEST_ROUNDS; ) {
            if (passed < warm) {
                rounds.clear();
                counts.clear();
                before = ledgers.keySet().stream()
                        .collect(Collectors.toMap(
                                k -> k, k -> Map.copyOf(ledgers.get(k).seconds())));
            }
            Map<String, Double> round = new LinkedHashMap<>();
            for (String kind : steps.keySet()) {
                double[] taken = turn(steps.get(kind));
                counts.merge(kind, taken.length + NOT_COUNTED, Integer::sum);
                round.put(kind, median(Arrays.stream(taken)));
            }
            rounds.add(round);
            passed = (System.nanoTime() - begin) / 1e9;
        }
        print(name);
    }

    /** The milliseconds of a kind's steps in one turn, without the first ones. */
    private double[] turn(Step step) {
        List<Double> taken = new ArrayList<>();
        for (long begin = System.nanoTime(), now = begin;
                taken.size() < FEWEST_STEPS + NOT_COUNTED || now - begin < TURN; ) {
            long start = now;
            float[] gradient = step.gradient(state.params, new Batch(taken.size(), 0, 0, 0));
            if (gradient != null) update.apply(state, gradient, null, 1, 0.1);
            now = System.nanoTime();
            taken.add((now - start) / 1e6);
        }
        return taken.stream().skip(NOT_COUNTED).mapToDouble(ms -> ms).toArray();
    }

    private void print(String name) {
        StringBuilder line = new StringBuilder();
        for (String kind : steps.keySet()) {
            double ratio = median(rounds.stream().mapToDouble(r -> r.get(kind) / r.get("empty")));
            double ms = median(rounds.stream().mapToDouble(r -> r.get(kind)));
            line.append(String.format(Locale.ROOT, "  %s %.3f (%.2f ms)", kind, ratio, ms));
        }
        System.out.printf("%-12s %s  %d rounds%n", name, line, rounds.size());
        for (String kind : ledgers.keySet()) {
            StringBuilder phases = new StringBuilder();
            Map<String, Double> was = before.get(kind);
            ledgers.get(kind)
                    .seconds()
                    .forEach((phase, sum) -> phases.append(String.format(
                            Locale.ROOT,
                            "  %s %.2f",
                            phase,
                            1e3 * (sum - was.getOrDefault(phase, 0.0)) / counts.get(kind))));
            System.out.printf("%12s %-16s%s ms per step, means%n", "", kind, phases);
        }
    }

    private static double median(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        return sorted[sorted.length / 2];
    }
}

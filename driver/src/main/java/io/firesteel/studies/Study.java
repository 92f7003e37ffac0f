package io.firesteel.studies;

import io.firesteel.internal.files.HadoopFiles;
import io.firesteel.spec.Default;
import io.firesteel.spec.SpecException;
import io.firesteel.spec.Specs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;

/**
 * A batch-size study as plain data; its file is a study file.
 *
 * @param name its name in reports and folders
 * @param run the run file whose model, data and optimizer are studied
 * @param set overrides of that file, as {@code path=value}
 * @param goals validation levels to reach
 * @param batches batch sizes
 * @param workers numbers of workers whose step times are measured; empty to skip the system half
 * @param rules how the learning rate changes with the batch size; conclusions are about the first
 * @param search how {@code Tuned} finds learning rates
 * @param seeds seeds of the trials
 * @param caps limits of a trial that does not reach the goal
 * @param cadence factor between the steps of successive evaluations
 */
public record Study(
        String name,
        String run,
        @Default("[]") List<String> set,
        Goals goals,
        List<Integer> batches,
        @Default("[]") List<Integer> workers,
        @Default("[\"Tuned\"]") List<BatchScalingRule> rules,
        @Default("null") RateSearch search,
        @Default("{}") Seeds seeds,
        Caps caps,
        @Default("1.05") double cadence) {

    /** What is measured on the validation rows. */
    public enum GoalMetric {
        valError,
        valLoss
    }

    /**
     * Levels of a metric, easiest first; a trial ends at the last.
     *
     * @param metric what is measured on the validation rows
     * @param levels the levels to reach
     */
    public record Goals(@Default("valError") GoalMetric metric, List<Double> levels) {
        public Goals {
            if (levels.isEmpty())
                throw new IllegalArgumentException("levels is empty; give at least one, as in [0.15]");
            for (double level : levels)
                if (!(level > 0)) throw new IllegalArgumentException("levels are above 0, got " + level);
            levels =
                    levels.stream().sorted(Comparator.reverseOrder()).distinct().toList();
        }

        /** The level that ends a trial. */
        public double hardest() {
            return levels.get(levels.size() - 1);
        }
    }

    /**
     * Seeds of the trials that choose a rate, and different ones for those that confirm it.
     *
     * @param search seeds of the trials that choose a rate
     * @param confirm seeds of the trials that confirm it
     */
    public record Seeds(
            @Default("[1, 2, 3]") List<Long> search,
            @Default("[101, 102, 103, 104, 105]") List<Long> confirm) {
        public Seeds {
            if (search.isEmpty() || confirm.isEmpty())
                throw new IllegalArgumentException("search and confirm need a seed each");
            HashSet<Long> all = new HashSet<>(search);
            all.addAll(confirm);
            if (all.size() < search.size() + confirm.size())
                throw new IllegalArgumentException(
                        "a seed is listed twice; confirm with seeds that did not choose the rate");
        }
    }

    /**
     * Limits of a trial; 0 is none.
     *
     * @param epochs passes over the training rows
     * @param steps updates
     * @param minutes wall time
     */
    public record Caps(
            @Default("0") double epochs,
            @Default("0") long steps,
            @Default("0") double minutes) {
        public Caps {
            if (!(epochs >= 0 && steps >= 0 && minutes >= 0))
                throw new IllegalArgumentException("caps are not negative");
            if (epochs == 0 && steps == 0)
                throw new IllegalArgumentException("give epochs or steps, else a trial may not end");
        }

        /** The limit in steps, for {@code perEpoch} steps per epoch. */
        long steps(long perEpoch) {
            long byEpochs = epochs > 0 ? Math.max(1, (long) Math.ceil(epochs * perEpoch)) : Long.MAX_VALUE;
            return Math.min(byEpochs, steps > 0 ? steps : Long.MAX_VALUE);
        }
    }

    public Study {
        if (!name.matches("[A-Za-z0-9._-]+"))
            throw new IllegalArgumentException("name is letters, digits and ._-, got " + name);
        batches = positive("batches", batches);
        if (batches.isEmpty()) throw new IllegalArgumentException("batches is empty; give at least one");
        workers = positive("workers", workers);
        if (!(cadence > 1)) throw new IllegalArgumentException("cadence is above 1, got " + cadence);
        if (rules.isEmpty()) throw new IllegalArgumentException("rules is empty; give at least one, as in [\"Tuned\"]");
        if (rules.stream().map(BatchScalingRule::word).distinct().count() < rules.size())
            throw new IllegalArgumentException("a rule is listed twice in rules");
        boolean tuned = false;
        for (BatchScalingRule rule : rules) {
            tuned |= rule instanceof BatchScalingRule.Tuned;
            if (rule instanceof BatchScalingRule.Tuned && search == null)
                throw new IllegalArgumentException(
                        "the rule Tuned needs search, as in {\"type\": \"Walk\", \"start\": -4}");
            if (rule instanceof BatchScalingRule.Scaled scaled
                    && scaled.rate() == null
                    && !(tuned && batches.contains(scaled.batch())))
                throw new IllegalArgumentException(
                        "the rule " + rule.word() + " has no rate: give one, or put Tuned before it and its batch "
                                + scaled.batch() + " among batches");
        }
    }

    private static List<Integer> positive(String key, List<Integer> values) {
        for (int value : values) if (value <= 0) throw new IllegalArgumentException(key + " are above 0, got " + value);
        return values.stream().sorted().distinct().toList();
    }

    /** Reads a study file; the path of its run file is relative to its folder. */
    public static Study read(String path) throws IOException {
        String text;
        try (InputStream in = HadoopFiles.open(path)) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        try {
            Study study = Specs.read("", Specs.parse(path, text), Study.class);
            return study.with(HadoopFiles.resolve(HadoopFiles.folder(path), study.run));
        } catch (SpecException e) {
            throw new SpecException(path + ": " + e.getMessage(), e);
        }
    }

    private Study with(String file) {
        return new Study(name, file, set, goals, batches, workers, rules, search, seeds, caps, cadence);
    }
}

package io.firesteel.studies;

import io.firesteel.spec.Default;
import java.util.Locale;

/**
 * One training run of a study.
 *
 * @param warmUp epochs of warm-up
 * @param baseBatch the batch size that AdaScale's schedule was made for; 0 without AdaScale
 * @param momentum null if the optimizer has none
 * @param incumbent steps after which it is censored, twice the best median so far; 0 for never
 */
public record Trial(
        Phase phase,
        String rule,
        int batch,
        double rate,
        @Default("null") Double momentum,
        double warmUp,
        @Default("0") int baseBatch,
        long seed,
        long incumbent) {
    /** Trials that choose a rate, and those that confirm it. */
    public enum Phase {
        SEARCH,
        CONFIRM;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Its name in every file of the study. */
    public String id() {
        return rule + "-B" + batch + "-r" + rate + (momentum == null ? "" : "-m" + momentum) + "-s" + seed;
    }
}

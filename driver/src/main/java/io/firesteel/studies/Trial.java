package io.firesteel.studies;

import io.firesteel.spec.Default;
import java.util.Locale;

/**
 * One training of a study.
 *
 * @param warmUp epochs
 * @param baseBatch the batch that AdaScale carries the schedule over from; 0 without AdaScale
 * @param momentum null where the optimizer has none
 * @param incumbent steps after which it is censored: twice the best median so far; 0 for never
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
    /** Trials that choose a rate, and those that judge it. */
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

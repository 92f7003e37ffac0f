package io.firesteel.studies;

import io.firesteel.spec.Default;
import io.firesteel.spec.JsonName;
import io.firesteel.spec.Specs;
import java.util.Locale;

/** How the learning rate follows the batch. A new rule is one record here. */
public sealed interface BatchScalingRule {
    /** Epochs of linear warm-up before the run file's schedule; 0 for none. */
    double warmUp();

    /** As it stands in tables: {@code tuned}, {@code linear}, ... */
    default String word() {
        return Specs.name(getClass()).toLowerCase(Locale.ROOT);
    }

    /** The best rate of each batch, searched: Shallue et al. 2018. */
    record Tuned(@Default("0") double warmUp) implements BatchScalingRule {
        public Tuned {
            notNegative(warmUp);
        }
    }

    /** A rule that knows the rate of one batch and says that of all others. */
    sealed interface Scaled extends BatchScalingRule {
        /** The batch whose rate is known. */
        int batch();

        /** Its rate; null for the one that {@code Tuned} finds there. */
        Double rate();

        /** The rate of {@code other} over that of {@link #batch}. */
        double factor(int other);
    }

    /** The same rate for every batch. */
    @JsonName("Constant")
    record ConstantRule(
            int batch,
            @Default("null") Double rate,
            @Default("0") double warmUp) implements Scaled {
        public ConstantRule {
            checked(batch, rate, warmUp);
        }

        @Override
        public double factor(int other) {
            return 1;
        }
    }

    /** The rate grows as the batch: Goyal et al. 2017. */
    record Linear(
            int batch,
            @Default("null") Double rate,
            @Default("0") double warmUp) implements Scaled {
        public Linear {
            checked(batch, rate, warmUp);
        }

        @Override
        public double factor(int other) {
            return (double) other / batch;
        }
    }

    /** The rate grows as the square root of the batch: Krizhevsky 2014. */
    record Sqrt(
            int batch,
            @Default("null") Double rate,
            @Default("0") double warmUp) implements Scaled {
        public Sqrt {
            checked(batch, rate, warmUp);
        }

        @Override
        public double factor(int other) {
            return StrictMath.sqrt((double) other / batch);
        }
    }

    /** The rate and the schedule of {@code batch} rows, carried over by the gradient's noise: Johnson et al. 2020. */
    @JsonName("AdaScale")
    record AdaScaleRule(
            int batch,
            @Default("null") Double rate,
            @Default("0") double warmUp) implements Scaled {
        public AdaScaleRule {
            checked(batch, rate, warmUp);
        }

        @Override
        public double factor(int other) {
            return 1;
        } // the trial finds its own
    }

    private static void checked(int batch, Double rate, double warmUp) {
        if (batch <= 0) throw new IllegalArgumentException("batch is above 0, got " + batch);
        if (rate != null && !(rate > 0)) throw new IllegalArgumentException("rate is above 0, got " + rate);
        notNegative(warmUp);
    }

    private static void notNegative(double warmUp) {
        if (!(warmUp >= 0)) throw new IllegalArgumentException("warmUp is not negative, got " + warmUp);
    }
}

package io.firesteel.studies;

import io.firesteel.spec.Default;
import io.firesteel.spec.JsonName;
import io.firesteel.spec.Specs;
import java.util.Locale;

/** How the learning rate changes with the batch size. A new rule is one record here. */
public sealed interface BatchScalingRule {
    /** Epochs of linear warm-up before the run file's schedule; 0 for none. */
    double warmUp();

    /** The name in tables: {@code tuned}, {@code linear}, ... */
    default String word() {
        return Specs.name(getClass()).toLowerCase(Locale.ROOT);
    }

    /**
     * The best rate of each batch size, found by search: Shallue et al. 2018.
     *
     * @param warmUp epochs of linear warm-up before the schedule
     */
    record Tuned(@Default("0") double warmUp) implements BatchScalingRule {
        public Tuned {
            notNegative(warmUp);
        }
    }

    /** A rule that derives all rates from the rate of one batch size. */
    sealed interface Scaled extends BatchScalingRule {
        /** The batch size whose rate is known. */
        int batch();

        /** The rate at {@link #batch}; null for the one that {@code Tuned} finds there. */
        Double rate();

        /** The rate of {@code other} over that of {@link #batch}. */
        double factor(int other);
    }

    /**
     * The same rate for every batch size.
     *
     * @param batch the batch size whose rate is known
     * @param rate the rate at that batch size; null for the one that {@code Tuned} finds there
     * @param warmUp epochs of linear warm-up before the schedule
     */
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

    /**
     * The rate is proportional to the batch size: Goyal et al. 2017.
     *
     * @param batch the batch size whose rate is known
     * @param rate the rate at that batch size; null for the one that {@code Tuned} finds there
     * @param warmUp epochs of linear warm-up before the schedule
     */
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

    /**
     * The rate is proportional to the square root of the batch size: Krizhevsky 2014.
     *
     * @param batch the batch size whose rate is known
     * @param rate the rate at that batch size; null for the one that {@code Tuned} finds there
     * @param warmUp epochs of linear warm-up before the schedule
     */
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

    /**
     * The rate and schedule for {@code batch} rows, adapted to other batch sizes by the gradient noise: Johnson et al.
     * 2020.
     *
     * @param batch the batch size whose rate is known
     * @param rate the rate at that batch size; null for the one that {@code Tuned} finds there
     * @param warmUp epochs of linear warm-up before the schedule
     */
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
        } // AdaScale adapts the rate during the trial
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

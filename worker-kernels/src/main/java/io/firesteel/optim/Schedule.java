package io.firesteel.optim;

import io.firesteel.spec.Default;

/** The learning rate as a function of the step. A new schedule is one record and one word here. */
public sealed interface Schedule {
    /** The rate of an update, counted from 0. */
    double rate(long step);

    /** Always {@code rate}. */
    record Constant(double rate) implements Schedule {
        public Constant {
            positive("rate", rate);
        }

        @Override
        public double rate(long step) {
            return rate;
        }
    }

    /** {@code rate factor^floor(step / every)}. */
    record Step(double rate, long every, @Default("0.1") double factor) implements Schedule {
        public Step {
            positive("rate", rate);
            positive("every", every);
            positive("factor", factor);
        }

        @Override
        public double rate(long step) {
            long drops = step / every;
            return rate * StrictMath.pow(factor, drops);
        }
    }

    /** {@code rate factor^(step / every)}, smoothly. */
    record Exponential(double rate, long every, double factor) implements Schedule {
        public Exponential {
            positive("rate", rate);
            positive("every", every);
            positive("factor", factor);
        }

        @Override
        public double rate(long step) {
            return rate * StrictMath.pow(factor, (double) step / every);
        }
    }

    /**
     * Half a cosine from {@code rate} to {@code last} over {@code steps}, then {@code last}: Loshchilov and Hutter
     * 2017.
     */
    record Cosine(double rate, long steps, @Default("0") double last) implements Schedule {
        public Cosine {
            positive("rate", rate);
            positive("steps", steps);
        }

        @Override
        public double rate(long step) {
            double done = Math.min(1, (double) step / steps);
            return last + (rate - last) * 0.5 * (1 + StrictMath.cos(Math.PI * done));
        }
    }

    /**
     * Linear from {@code 1/steps} of what {@code then} starts with, over {@code steps}; then {@code then}: Goyal et al.
     * 2017.
     */
    record WarmUp(long steps, Schedule then) implements Schedule {
        public WarmUp {
            positive("steps", steps);
            if (then instanceof AdaScale)
                throw new IllegalArgumentException(
                        "AdaScale stands inside WarmUp; let WarmUp be what AdaScale carries over");
        }

        @Override
        public double rate(long step) {
            return step < steps ? then.rate(0) * (step + 1) / steps : then.rate(step - steps);
        }
    }

    /**
     * A schedule for {@code baseBatch} rows carried over to other batches: Johnson et al. 2020. A step of B rows is
     * worth {@code gain = (trS/B0 + G2) / (trS/B + G2)} steps of B0 rows, so it takes gain times the rate and moves the
     * schedule on by gain. It needs two shards, whose gradients tell trS and G2.
     *
     * @param then the schedule, in steps of {@code baseBatch} rows
     */
    record AdaScale(int baseBatch, Schedule then) implements Schedule {
        private static final double MEMORY = 1000; // steps of the base batch over which the paper averages

        public AdaScale {
            if (baseBatch <= 0) throw new IllegalArgumentException("baseBatch is above 0, got " + baseBatch);
            if (then instanceof AdaScale)
                throw new IllegalArgumentException("AdaScale stands inside AdaScale; keep one");
        }

        /** That of the base batch. */
        @Override
        public double rate(long step) {
            return then.rate(step);
        }

        /**
         * Steps of the base batch that a step is worth, between 1 and batch/baseBatch; 1 where nothing is known.
         *
         * @param trS trace of the covariance of one row's gradient
         * @param g2 squared norm of the expected gradient; taken as 0 where its estimate is negative
         */
        public double gain(double trS, double g2, int batch) {
            double signal = Math.max(0, g2);
            return trS > 0 ? (trS / baseBatch + signal) / (trS / batch + signal) : 1;
        }

        /** The rate of a step; {@code progress} is the sum of the gains of all steps before it. */
        public double rate(double progress, double gain) {
            return gain * then.rate((long) progress);
        }

        /** The share of the old that the running averages of trS and G2 keep at a step. */
        public double keep(int batch) {
            return Math.max(0, 1 - (double) batch / baseBatch / MEMORY);
        }
    }

    private static void positive(String name, double value) {
        if (!(value > 0)) throw new IllegalArgumentException(name + " is above 0, got " + value);
    }
}

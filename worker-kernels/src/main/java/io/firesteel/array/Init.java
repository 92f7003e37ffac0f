package io.firesteel.array;

import io.firesteel.spec.Default;
import java.io.Serializable;

/** Initial values of a parameter slice. */
public sealed interface Init extends Serializable {
    /**
     * Overwrites {@code vector[from, to)}.
     *
     * @param fanIn inputs per output
     * @param fanOut outputs per input
     */
    void fill(float[] vector, int from, int to, int fanIn, int fanOut, Random64 random);

    /**
     * Normal with variance {@code gain / fanIn}: gain 2 is He et al. 2015 for relu, gain 1 LeCun et al. 1998.
     *
     * @param gain variance of the weights times fanIn
     */
    record He(@Default("2") double gain) implements Init {
        public He {
            if (!(gain > 0)) throw new IllegalArgumentException("He needs a positive gain, got " + gain);
        }

        public He() {
            this(2);
        }

        @Override
        public void fill(float[] vector, int from, int to, int fanIn, int fanOut, Random64 random) {
            normal(vector, from, to, random, Math.sqrt(gain / fanIn));
        }
    }

    /** Uniform in +-sqrt(6 / (fanIn + fanOut)): Glorot and Bengio 2010. */
    record Xavier() implements Init {
        @Override
        public void fill(float[] vector, int from, int to, int fanIn, int fanOut, Random64 random) {
            double limit = Math.sqrt(6.0 / (fanIn + fanOut));
            for (int i = from; i < to; i++) vector[i] = (float) (limit * (2 * random.nextDouble() - 1));
        }
    }

    /**
     * Normal with mean 0.
     *
     * @param std standard deviation
     */
    record Normal(double std) implements Init {
        public Normal {
            if (!(std >= 0)) throw new IllegalArgumentException("Normal needs std >= 0, got " + std);
        }

        @Override
        public void fill(float[] vector, int from, int to, int fanIn, int fanOut, Random64 random) {
            normal(vector, from, to, random, std);
        }
    }

    /** All zeros, as biases start. */
    record Zeros() implements Init {
        @Override
        public void fill(float[] vector, int from, int to, int fanIn, int fanOut, Random64 random) {
            java.util.Arrays.fill(vector, from, to, 0);
        }
    }

    private static void normal(float[] vector, int from, int to, Random64 random, double std) {
        for (int i = from; i < to; i++) vector[i] = (float) (std * random.nextGaussian());
    }
}

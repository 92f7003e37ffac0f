package io.firesteel.array;

import io.firesteel.spec.Default;
import io.firesteel.spec.JsonName;
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

    /**
     * The same number everywhere.
     *
     * @param value the number
     */
    @JsonName("Constant")
    record ConstantValue(double value) implements Init {
        public ConstantValue {
            if (!Double.isFinite(value)) throw new IllegalArgumentException("Constant needs a number, got " + value);
        }

        @Override
        public void fill(float[] vector, int from, int to, int fanIn, int fanOut, Random64 random) {
            java.util.Arrays.fill(vector, from, to, (float) value);
        }
    }

    /**
     * Normal with mean 0; numbers beyond two deviations are drawn again, as in Keras.
     *
     * @param std standard deviation before that; 0.88 times as large after it
     */
    record TruncatedNormal(double std) implements Init {
        public TruncatedNormal {
            if (!(std >= 0)) throw new IllegalArgumentException("TruncatedNormal needs std >= 0, got " + std);
        }

        @Override
        public void fill(float[] vector, int from, int to, int fanIn, int fanOut, Random64 random) {
            for (int i = from; i < to; i++) {
                double drawn = random.nextGaussian();
                while (Math.abs(drawn) > 2) drawn = random.nextGaussian();
                vector[i] = (float) (std * drawn);
            }
        }
    }

    /**
     * A matrix [inputs, outputs] whose columns, or rows where there are fewer of them, have length {@code gain} and are
     * orthogonal to each other: Saxe et al. 2014. Takes time in the number of weights times the smaller side.
     *
     * @param gain length of each column or row
     */
    record Orthogonal(@Default("1") double gain) implements Init {
        public Orthogonal {
            if (!(gain > 0)) throw new IllegalArgumentException("Orthogonal needs a positive gain, got " + gain);
        }

        /** Gram and Schmidt on normal vectors, which have all directions alike. */
        @Override
        public void fill(float[] vector, int from, int to, int fanIn, int fanOut, Random64 random) {
            int outputs = (to - from) / fanIn, count = Math.min(fanIn, outputs), size = Math.max(fanIn, outputs);
            double[][] basis = new double[count][size];
            for (int k = 0; k < count; k++) {
                for (int i = 0; i < size; i++) basis[k][i] = random.nextGaussian();
                for (int before = 0; before < k; before++)
                    addMultiple(-dot(basis[before], basis[k]), basis[before], basis[k]);
                double length = Math.sqrt(dot(basis[k], basis[k]));
                for (int i = 0; i < size; i++) basis[k][i] /= length;
            }
            for (int i = 0; i < to - from; i++) {
                int row = i / outputs, column = i % outputs;
                vector[from + i] = (float) (gain * (fanIn < outputs ? basis[row][column] : basis[column][row]));
            }
        }

        private static double dot(double[] a, double[] b) {
            double sum = 0;
            for (int i = 0; i < a.length; i++) sum += a[i] * b[i];
            return sum;
        }

        private static void addMultiple(double factor, double[] a, double[] to) {
            for (int i = 0; i < a.length; i++) to[i] += factor * a[i];
        }
    }

    private static void normal(float[] vector, int from, int to, Random64 random, double std) {
        for (int i = from; i < to; i++) vector[i] = (float) (std * random.nextGaussian());
    }
}

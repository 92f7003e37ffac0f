package io.firesteel.optim;

import java.util.Arrays;

/**
 * The mean gradient of every weight and every bias tensor by itself has at most this norm: Keras' {@code clipnorm}.
 *
 * @param norm above 0
 */
public record ClipByNorm(double norm) implements Clipping {
    public ClipByNorm {
        Clipping.requirePositive("norm", norm);
    }

    @Override
    public double[] factors(double[] norms) {
        return Arrays.stream(norms)
                .map(found -> found > norm ? norm / found : 1)
                .toArray();
    }
}
